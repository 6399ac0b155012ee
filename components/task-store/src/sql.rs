//! The statements. `$1` is always the owner.

macro_rules! task_columns {
    () => {
        "id, title, description, completed,
         to_char(created_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as created_at,
         to_char(updated_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as updated_at"
    };
}

/// `$2` after, `$3` limit, `$4` completed or null for both.
pub(crate) const LIST: &str = concat!(
    "select ",
    task_columns!(),
    " from task
      where user_id = $1::text and id > $2::bigint and ($4::boolean is null or completed = $4::boolean)
      order by id
      limit $3::bigint"
);

/// `$2` id.
pub(crate) const GET: &str =
    concat!("select ", task_columns!(), " from task where user_id = $1::text and id = $2::bigint");

/// `$2` title, `$3` description. The owner's counter gives the number; a number is never given twice.
pub(crate) const ADD: &str = concat!(
    "with owner as (select id from \"user\" where id = $1::text),
      counter as (
        insert into task_counter (user_id, last_id) select id, 1 from owner
        on conflict (user_id) do update set last_id = task_counter.last_id + 1
        returning last_id
      )
      insert into task (user_id, id, title, description)
      select $1::text, last_id, $2::text, $3::text from counter
      returning ",
    task_columns!()
);

/// `$2` id, `$3` title or null, `$4` description or null, `$5` clear the description, `$6` completed or null.
/// `updated_at` moves only when something changes.
pub(crate) const UPDATE: &str = concat!(
    "update task set
        title = coalesce($3::text, title),
        description = case when $5::boolean then null else coalesce($4::text, description) end,
        completed = coalesce($6::boolean, completed),
        updated_at = case
          when (coalesce($3::text, title), case when $5::boolean then null else coalesce($4::text, description) end,
                coalesce($6::boolean, completed)) is distinct from (title, description, completed)
          then date_trunc('milliseconds', now()) else updated_at end
      where user_id = $1::text and id = $2::bigint
      returning ",
    task_columns!()
);

/// `$2` id.
pub(crate) const DELETE: &str =
    concat!("delete from task where user_id = $1::text and id = $2::bigint returning ", task_columns!());
