"""Who is kept apart from whom: made of blocks, of lists of employers and teams, and of who manages whom."""

from django.db import migrations

# Each in both directions. Addresses are kept in small letters on both sides, and count where they were confirmed.
APART = """
CREATE OR REPLACE VIEW mentoring_keptapart AS
    SELECT blocker_id AS one_id, blocked_id AS other_id FROM mentoring_block
     UNION ALL
    SELECT blocked_id, blocker_id FROM mentoring_block
     UNION ALL
    SELECT list.person_id, person.id
      FROM mentoring_nevershownto list JOIN mentoring_person person USING (organisation_id)
     WHERE (list.team = '' OR lower(list.team) = lower(person.team)) AND person.id <> list.person_id
     UNION ALL
    SELECT person.id, list.person_id
      FROM mentoring_nevershownto list JOIN mentoring_person person USING (organisation_id)
     WHERE (list.team = '' OR lower(list.team) = lower(person.team)) AND person.id <> list.person_id
     UNION ALL
    SELECT managed.person_id, manager.id
      FROM mentoring_managedby managed
      JOIN account_emailaddress address ON address.email = managed.email AND address.verified
      JOIN mentoring_person manager ON manager.user_id = address.user_id AND manager.id <> managed.person_id
     UNION ALL
    SELECT manager.id, managed.person_id
      FROM mentoring_managedby managed
      JOIN account_emailaddress address ON address.email = managed.email AND address.verified
      JOIN mentoring_person manager ON manager.user_id = address.user_id AND manager.id <> managed.person_id
"""


class Migration(migrations.Migration):
    dependencies = [("account", "0009_emailaddress_unique_primary_email"), ("mentoring", "0001_initial")]

    operations = [migrations.RunSQL(APART, "DROP VIEW mentoring_keptapart")]
