"""The day on which a mentor's break ends is packed with their places; `0002_packing` says how packing goes.

The day itself, and not what it means today: a row is written when somebody changes something, a break ends by itself.
"""

from importlib import import_module

from django.db import migrations, models

PLACES = """
CREATE OR REPLACE FUNCTION matching_pack_memberships(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION matching_membership_written() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


def before() -> str:
    """The two functions as they were."""
    packing = import_module("matching.migrations.0002_packing")
    found = (f"CREATE OR REPLACE{each}" for each in (packing.PACK + packing.TRIGGERS).split("CREATE"))
    names = ("matching_pack_memberships(", "matching_membership_written(")
    kept = tuple(f"CREATE OR REPLACE FUNCTION {name}" for name in names)
    return "\n".join(each for each in found if each.startswith(kept))


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_saved_mentors"), ("mentoring", "0007_mentors")]

    operations = [
        migrations.AddField("packedmentor", "paused_until", models.DateField(null=True)),
        migrations.RunSQL(PLACES, before()),
    ]
