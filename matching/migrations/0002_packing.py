"""Keeps one packed row a mentor, in the transaction of whatever writes what it is made of.

- The places of a membership (capacity, taken, paused and until when) are written by the trigger on memberships alone, under the lock
  that the writer of the membership holds.
- All else is written by `matching_pack`, under a lock on the person: of two who write about one person, the second
  waits, and then reads what the first has committed. The lock is the last in the house's order but for mentorships,
  whose trigger changes places only. It is always taken before that on a packed row, so that no two wait in turn.
- What is packed: options chosen by their primary key, a scale as -(number of the characteristic * 8 + point);
  preferences as -(number * 256 + code + 1), for `one_of` followed by the options wanted, groups as all of theirs.
  The code is 4 * the direction's place + the strength's place, as in the engine's `ask_code`.
- Answers for rounds or monitoring are not read at all.
- Of a break the day on which it ends is packed, not what it means today: it ends by itself, without a write.
"""

from django.db import migrations

PLAIN = r"""
CREATE FUNCTION matching_plain(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    -- Text as people type it in a hurry: small letters, no accents, no apostrophes.
    SELECT regexp_replace(
        normalize(
            translate(
                replace(replace(replace(replace(lower(said), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
                'øłđðıɓɗƙƴŋɛɔə''’‘ʼʻ`´', 'olddibdkyneoe'),
            NFKD),
        '[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]',
        '', 'g')
$$;

CREATE FUNCTION matching_words(said text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    -- A lexeme has room for 2,046 bytes.
    RETURN ARRAY(
        SELECT DISTINCT left(word, 100) FROM regexp_split_to_table(matching_plain(said), '[^[:alnum:]]+') AS word
         WHERE word <> ''
    );
END $$;
"""

SAID = """
CREATE FUNCTION matching_said(people uuid[], asking text)
RETURNS TABLE (person_id uuid, organisation_id bigint, active boolean, answers bytea, asks bytea, words tsvector)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    -- What these people say that others' ranking may see, and what they ask on the side `asking`. In plpgsql, which
    -- keeps its plans: planning takes ten times as long as packing one person.
    RETURN QUERY
    SELECT person.id, person.organisation_id, coalesce(account.is_active, false),
           coalesce(told.answers, ''), coalesce(asked.asks, ''),
           array_to_tsvector(matching_words(concat_ws(
               ' ', person.first_name, person.last_name, person.headline, person.journey, employer.name, told.labels)))
      FROM mentoring_person person
      LEFT JOIN mentoring_user account ON account.id = person.user_id
      LEFT JOIN mentoring_organisation employer ON employer.id = person.organisation_id
      LEFT JOIN LATERAL (
          SELECT string_agg(int4send(coalesce(option.id, -(topic.number * 8 + value.point))::int), '' ORDER BY value.id, at)
                     AS answers,
                 string_agg(option.label, ' ') FILTER (
                     WHERE value.characteristic_id IN ('profession', 'region', 'meeting') AND NOT option.retired
                 ) AS labels
            FROM mentoring_characteristicvalue value
            JOIN mentoring_characteristic topic ON topic.key = value.characteristic_id
            LEFT JOIN LATERAL unnest(value.options) WITH ORDINALITY AS chosen (key, at) ON true
            LEFT JOIN mentoring_option option
                   ON option.characteristic_id = value.characteristic_id AND option.key = chosen.key
           WHERE value.person_id = person.id AND (value.purpose IS NULL OR value.purpose = 'profile')
             AND (option.id IS NOT NULL OR value.point IS NOT NULL)
      ) told ON true
      LEFT JOIN LATERAL (
          SELECT string_agg(int4send(head) || coalesce(wanted, ''), '' ORDER BY preference.id) AS asks
            FROM matching_preference preference
            JOIN mentoring_characteristic topic ON topic.key = preference.characteristic_id
            CROSS JOIN LATERAL (
                SELECT -(topic.number * 256 + 1
                    + 4 * (array_position(ARRAY['same', 'different', 'one_of', 'above', 'complements'],
                                          preference.direction::text) - 1)
                    + array_position(ARRAY['require', 'need', 'help', 'support'], preference.strength::text) - 1)
            ) coded (head)
            CROSS JOIN LATERAL (
                SELECT string_agg(int4send(id::int), '') FROM (
                    SELECT id FROM mentoring_option
                     WHERE characteristic_id = topic.key
                       AND (key = ANY (preference.options) OR parent = ANY (preference.options))
                     UNION ALL
                    SELECT id FROM mentoring_organisation
                     WHERE topic.derived = 'organisation' AND slug = ANY (preference.options)
                ) AS options
            ) named (wanted)
           WHERE preference.person_id = person.id AND preference.side = asking
      ) asked ON true
     WHERE person.id = ANY (people);
END $$;
"""

PACK = """
CREATE FUNCTION matching_stamp() RETURNS bigint LANGUAGE sql AS $$ SELECT pg_current_xact_id()::text::bigint $$;

CREATE FUNCTION matching_lock(people uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM mentoring_person WHERE id = ANY (people) ORDER BY id FOR NO KEY UPDATE;
END $$;

CREATE FUNCTION matching_pack(people uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(cardinality(people), 0) = 0 THEN
        RETURN;
    END IF;
    PERFORM matching_lock(people);
    UPDATE matching_packedmentor AS packed
       SET present = now.present, organisation_id = now.organisation_id,
           answers = now.answers, asks = now.asks, words = now.words, stamp = matching_stamp()
      FROM (
          SELECT membership.id, here.present, said.organisation_id,
                 CASE WHEN here.present THEN said.answers ELSE '' END AS answers,
                 CASE WHEN here.present THEN said.asks ELSE '' END AS asks,
                 CASE WHEN here.present THEN said.words ELSE '' END AS words
            FROM matching_said(
                     ARRAY(SELECT person_id FROM matching_packedmentor WHERE person_id = ANY (people)), 'as_mentor'
                 ) AS said
            JOIN mentoring_membership membership ON membership.person_id = said.person_id
           CROSS JOIN LATERAL (
               SELECT membership.role = 'mentor' AND membership.state = 'member' AND said.active AS present
           ) here
      ) now
     WHERE packed.membership_id = now.id
       AND ((packed.present, packed.organisation_id, packed.answers, packed.asks, packed.words)
            IS DISTINCT FROM (now.present, now.organisation_id, now.answers, now.asks, now.words)
            -- A copy of the database in another server counts its transactions anew.
            OR packed.stamp > matching_stamp());
END $$;

CREATE FUNCTION matching_pack_memberships(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM mentoring_membership WHERE id = ANY (ids) AND role = 'mentor' ORDER BY id FOR SHARE;
    PERFORM matching_lock(ARRAY(SELECT person_id FROM mentoring_membership WHERE id = ANY (ids) AND role = 'mentor'));
    INSERT INTO matching_packedmentor AS packed
           (membership_id, programme_id, person_id, present, capacity, taken, paused, paused_until,
            answers, asks, words, stamp)
    SELECT id, programme_id, person_id, false, capacity, taken, paused, paused_until, '', '', '', matching_stamp()
      FROM mentoring_membership WHERE id = ANY (ids) AND role = 'mentor'
        ON CONFLICT (membership_id) DO UPDATE
       SET capacity = excluded.capacity, taken = excluded.taken, paused = excluded.paused,
           paused_until = excluded.paused_until, stamp = excluded.stamp
     WHERE (packed.capacity, packed.taken, packed.paused, packed.paused_until)
           IS DISTINCT FROM (excluded.capacity, excluded.taken, excluded.paused, excluded.paused_until);
    PERFORM matching_pack(ARRAY(SELECT person_id FROM matching_packedmentor WHERE membership_id = ANY (ids)));
END $$;
"""

TRIGGERS = """
CREATE FUNCTION matching_membership_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    people uuid[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        people := ARRAY(SELECT person_id FROM added WHERE role = 'mentor');
    ELSE
        people := ARRAY(
            SELECT added.person_id FROM added JOIN removed USING (id)
             WHERE 'mentor' IN (added.role, removed.role)
               AND (added.state, added.role, added.person_id)
                   IS DISTINCT FROM (removed.state, removed.role, removed.person_id)
        );
    END IF;
    PERFORM matching_lock(people);
    INSERT INTO matching_packedmentor AS packed
           (membership_id, programme_id, person_id, present, capacity, taken, paused, paused_until,
            answers, asks, words, stamp)
    SELECT id, programme_id, person_id, false, capacity, taken, paused, paused_until, '', '', '', matching_stamp()
      FROM added WHERE role = 'mentor'
        ON CONFLICT (membership_id) DO UPDATE
       SET programme_id = excluded.programme_id, person_id = excluded.person_id, gone_at = NULL,
           capacity = excluded.capacity, taken = excluded.taken, paused = excluded.paused,
           paused_until = excluded.paused_until, stamp = excluded.stamp
     WHERE (packed.programme_id, packed.person_id, packed.capacity, packed.taken, packed.paused, packed.paused_until)
           IS DISTINCT FROM
           (excluded.programme_id, excluded.person_id, excluded.capacity, excluded.taken, excluded.paused,
            excluded.paused_until);
    PERFORM matching_pack(people);
    RETURN NULL;
END $$;

CREATE FUNCTION matching_membership_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM matching_lock(ARRAY(SELECT person_id FROM removed));
    UPDATE matching_packedmentor
       SET present = false, organisation_id = NULL, answers = '', asks = '', words = '',
           gone_at = now(), stamp = matching_stamp()
     WHERE membership_id IN (SELECT id FROM removed);
    RETURN NULL;
END $$;

CREATE FUNCTION matching_said_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM matching_pack(ARRAY(SELECT person_id FROM added));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM matching_pack(ARRAY(SELECT person_id FROM removed));
    ELSE
        PERFORM matching_pack(ARRAY(SELECT person_id FROM added UNION SELECT person_id FROM removed));
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION matching_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM matching_pack(ARRAY(
        SELECT added.id FROM added JOIN removed USING (id)
         WHERE (added.first_name, added.last_name, added.headline, added.journey, added.organisation_id, added.user_id)
               IS DISTINCT FROM
               (removed.first_name, removed.last_name, removed.headline, removed.journey, removed.organisation_id,
                removed.user_id)
    ));
    RETURN NULL;
END $$;

CREATE FUNCTION matching_account_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM matching_pack(ARRAY(
        SELECT person.id FROM mentoring_person person
          JOIN added ON added.id = person.user_id JOIN removed ON removed.id = added.id
         WHERE added.is_active <> removed.is_active
    ));
    RETURN NULL;
END $$;

CREATE FUNCTION matching_employer_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM matching_pack(ARRAY(
        SELECT person.id FROM mentoring_person person
          JOIN added ON added.id = person.organisation_id JOIN removed ON removed.id = added.id
         WHERE added.name <> removed.name
    ));
    RETURN NULL;
END $$;
"""

INSERTED = "REFERENCING NEW TABLE AS added"
DELETED = "REFERENCING OLD TABLE AS removed"
UPDATED = "REFERENCING OLD TABLE AS removed NEW TABLE AS added"
# Once a statement, with all of its rows: a bulk write packs each person once.
ON = [
    ("INSERT", "mentoring_membership", INSERTED, "matching_membership_written"),
    ("UPDATE", "mentoring_membership", UPDATED, "matching_membership_written"),
    ("DELETE", "mentoring_membership", DELETED, "matching_membership_gone"),
    *(
        (event, table, tables, "matching_said_anew")
        for table in ("mentoring_characteristicvalue", "matching_preference")
        for event, tables in (("INSERT", INSERTED), ("UPDATE", UPDATED), ("DELETE", DELETED))
    ),
    ("UPDATE", "mentoring_person", UPDATED, "matching_person_changed"),
    ("UPDATE", "mentoring_user", UPDATED, "matching_account_changed"),
    ("UPDATE", "mentoring_organisation", UPDATED, "matching_employer_renamed"),
]
FUNCTIONS = [
    "matching_membership_written()",
    "matching_membership_gone()",
    "matching_said_anew()",
    "matching_person_changed()",
    "matching_account_changed()",
    "matching_employer_renamed()",
    "matching_pack_memberships(bigint[])",
    "matching_pack(uuid[])",
    "matching_lock(uuid[])",
    "matching_stamp()",
    "matching_said(uuid[], text)",
    "matching_words(text)",
    "matching_plain(text)",
]


def trigger(event: str, table: str, tables: str, function: str) -> migrations.RunSQL:
    """One trigger, and how it goes."""
    name = f"pack_mentors_{event.lower()}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} AFTER {event} ON {table} {tables} FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial"), ("mentoring", "0001_initial")]

    operations = [
        migrations.RunSQL([PLAIN, SAID, PACK, TRIGGERS], [f"DROP FUNCTION {each}" for each in FUNCTIONS]),
        *(trigger(*each) for each in ON),
    ]
