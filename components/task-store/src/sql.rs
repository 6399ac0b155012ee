//! The statements. `$1` is always the owner. A write that touches tasks and their owner's counter takes the tasks first
//! (in the order of their numbers) and the counter second, so that no two writes wait for each other.

use db::{Param, time};

use crate::bindings::exports::todo::tasks::store::{Position, Query, Sort, Status};

macro_rules! task_columns {
    () => {
        "id, title, description, completed, created_at at time zone 'utc' as created_at, updated_at at time zone 'utc' as updated_at"
    };
}

/// A task's version after a change: later than the one before even within a millisecond.
macro_rules! next_version {
    () => {
        "greatest(date_trunc('milliseconds', now()), updated_at + interval '1 millisecond')"
    };
}

/// `$2` id.
pub(crate) const GET: &str =
    concat!("select ", task_columns!(), " from task where user_id = $1::text and id = $2::bigint");

/// `$2` title, `$3` description, `$4` the most tasks, `$5` an idempotency key or null. A function (migration 0008), as is
/// [`UPDATE`]: its statements are planned once for each connection, which is most of what they cost. Without an id in
/// the answer the limit was reached. Of two with a key at once one fails on the key's constraint and adds nothing.
pub(crate) const ADD: &str = "select known, replayed, reused, id, created_at
    from add_task($1::text, $2::text, $3::text, $4::bigint, $5::text)";

/// `$2` id, `$3` title or null, `$4` description or null, `$5` clear the description, `$6` completed or null, `$7` the
/// expected versions or null. The version moves only when something changes. Without an id in the answer nothing fitted;
/// `present` tells whether only the version did not.
pub(crate) const UPDATE: &str = "select present, id, title, description, completed, created_at, updated_at
    from update_task($1::text, $2::bigint, $3::text, $4::text, $5::boolean, $6::boolean, $7::text[])";

/// `$2` ids, `$3` completed.
pub(crate) const COMPLETE: &str = concat!(
    "with wanted as (
        select id from task where user_id = $1::text and id = any($2::bigint[]) order by id for update
      ),
      changed as (
        update task set
          completed = $3::boolean,
          updated_at = case when completed <> $3::boolean then ",
    next_version!(),
    " else updated_at end
        where user_id = $1::text and id in (select id from wanted)
        returning *
      )
      select ",
    task_columns!(),
    " from changed order by changed.id"
);

/// `$2` ids, `$3` the expected versions or null. A row says what there was (`present`) and, with an id, that it is gone.
/// Deletions of the owner that cannot be undone any more go too.
pub(crate) const DELETE: &str = concat!(
    "with wanted as (
        select id, $3::text[] is null or ",
    time!("updated_at"),
    " = any($3::text[]) as fits
        from task where user_id = $1::text and id = any($2::bigint[]) order by id for update
      ),
      gone as (
        delete from task where user_id = $1::text and id in (select id from wanted where fits) returning *
      ),
      counter as (
        update task_counter set
          live = greatest(live - (select count(*) from gone), 0),
          deletion = deletion + 1
        where user_id = $1::text and exists (select from gone)
        returning deletion
      ),
      kept as (
        insert into deleted_task (user_id, id, title, description, completed, created_at, updated_at, deletion)
        select user_id, id, title, description, completed, created_at, updated_at, deletion from gone, counter
      ),
      outdated as (
        delete from deleted_task where user_id = $1::text and deleted_at < now() - interval '24 hours'
      ),
      shown as (select ",
    task_columns!(),
    " from gone)
      select wanted.id as present, shown.* from wanted left join shown on shown.id = wanted.id order by wanted.id"
);

/// `$2` the id of one deleted task, or null for all of the last deletion, `$3` the most tasks. No row: there is nothing
/// to restore; a row without an id: the limit was reached.
pub(crate) const RESTORE: &str = concat!(
    "with wanted as (
        select id from deleted_task
        where user_id = $1::text and deleted_at > now() - interval '24 hours'
          and case when $2::bigint is null
            then deletion = (
              select max(deletion) from deleted_task
              where user_id = $1::text and deleted_at > now() - interval '24 hours')
            else id = $2::bigint end
        order by id for update
      ),
      counter as (
        update task_counter set live = live + (select count(*) from wanted)
        where user_id = $1::text and live + (select count(*) from wanted) <= $3::bigint
          and exists (select from wanted)
        returning user_id
      ),
      back as (
        delete from deleted_task
        where user_id = $1::text and id in (select id from wanted) and exists (select from counter)
        returning user_id, id, title, description, completed, created_at, updated_at
      ),
      restored as (
        insert into task (user_id, id, title, description, completed, created_at, updated_at)
        select user_id, id, title, description, completed, created_at, updated_at from back
        returning ",
    task_columns!(),
    ")
      select restored.* from wanted left join restored on restored.id = wanted.id order by wanted.id"
);

/// `$2` titles, `$3` descriptions, `$4` completed, `$5` created at, `$6` updated at, `$7` the most tasks, `$8` an
/// idempotency key or null; with the key of an import, `task_id` is how many tasks it was.
pub(crate) const IMPORT: &str = "
      with owner as (select id from \"user\" where id = $1::text),
      asked as (
        select encode(sha256(convert_to(concat_ws(E'\\n', 'import', $2::text[]::text, $3::text[]::text, $4::text[]::text,
          $5::text[]::text, $6::text[]::text), 'UTF8')), 'hex') as fingerprint
        where $8::text is not null
      ),
      earlier as (
        select task_id as amount, fingerprint from idempotency_key
        where user_id = $1::text and key = $8::text and created_at > now() - interval '24 hours'
      ),
      outdated as (
        delete from idempotency_key
        where user_id = $1::text and key = $8::text and created_at <= now() - interval '24 hours'
        returning key
      ),
      draft as (
        select number, title, description, completed::boolean,
          coalesce(created_at::timestamptz, updated_at::timestamptz, date_trunc('milliseconds', now())) as created_at,
          coalesce(updated_at::timestamptz, date_trunc('milliseconds', now())) as updated_at
        from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
          with ordinality as draft (title, description, completed, created_at, updated_at, number)
      ),
      total as (select count(*) as amount from draft),
      counter as (
        insert into task_counter as counter (user_id, last_id, live)
        select id, amount, amount from owner, total where amount <= $7::bigint and not exists (select from earlier)
        on conflict (user_id) do update set
          last_id = counter.last_id + excluded.live, live = counter.live + excluded.live
          where counter.live + excluded.live <= $7::bigint
        returning last_id
      ),
      noted as (
        insert into idempotency_key (user_id, key, fingerprint, task_id, created_at)
        select $1::text, $8::text, fingerprint, amount, date_trunc('milliseconds', now()) from counter, asked, total
        where (select count(*) from outdated) >= 0
      ),
      added as (
        insert into task (user_id, id, title, description, completed, created_at, updated_at)
        select $1::text, last_id - amount + number, title, description, completed, created_at, updated_at
        from draft, counter, total
        returning id
      )
      select exists (select from owner) as known, exists (select from earlier) as replayed,
        coalesce((select earlier.fingerprint <> asked.fingerprint from earlier, asked), false) as reused,
        exists (select from counter) or exists (select from earlier) as fits,
        coalesce((select amount from earlier), (select count(*) from added)) as added";

/// One page and one task more, and a row of nulls if there is none; of a page that may be heavy, the task more may be the
/// first beyond [`MAX_WEIGHT`]. The statement says only what is asked for: it is planned each time.
pub(crate) fn list(owner: String, query: Query) -> (String, Vec<Param>) {
    let (by, key, of) = match query.sort {
        Sort::Id => ("id", "", ""),
        // Qualified, or the text of the same name in the answer would be the order.
        Sort::CreatedAt => ("task.created_at", time!("created_at"), "timestamptz"),
        Sort::UpdatedAt => ("task.updated_at", time!("updated_at"), "timestamptz"),
        Sort::Title => ("lower(title)", "lower(title)", "text"),
    };
    let (compare, direction) = if query.descending { ("<", "desc") } else { (">", "asc") };
    let mut params = vec![owner.into(), (i64::from(query.limit) + 1).into()];
    let mut param = |value: Param| {
        params.push(value);
        format!("${}", params.len())
    };
    let mut only = String::new();
    // By number alone the primary key is the order: no second column, which would cost the planner its index.
    if let Some(Position { key, id }) = query.after {
        let id = param(id.into());
        only += &match query.sort {
            Sort::Id => format!(" and id {compare} {id}::bigint"),
            _ => format!(" and ({by}, id) {compare} ({}::text::{of}, {id}::bigint)", param(key.into())),
        };
    }
    if query.status != Status::All {
        only += &format!(" and completed = {}::boolean", param((query.status == Status::Completed).into()));
    }
    if !query.words.is_empty() {
        let words = param(Param::ArrayStr(query.words.into_iter().map(Some).collect()));
        only += &format!(
            " and not exists (select from unnest({words}::text[]) as word
              where strpos(lower(title || E'\\n' || coalesce(description, '')), lower(word)) = 0)"
        );
    }
    let order = if by == "id" { format!("id {direction}") } else { format!("{by} {direction}, id {direction}") };
    let key = if query.sort == Sort::Id { String::new() } else { format!(", {key} as sort_key") };
    let columns = task_columns!();
    let weighed = match query.limit > LIGHT {
        true => format!(
            ", {WEIGHT} as weight, sum({WEIGHT}) over (order by {order} rows unbounded preceding) as weight_so_far"
        ),
        false => String::new(),
    };
    let mut page = format!(
        "select {columns}{key}{weighed} from task where user_id = $1::text{only} order by {order} limit $2::bigint"
    );
    if query.limit > LIGHT {
        page = format!("select * from ({page}) as page where weight_so_far - weight < {MAX_WEIGHT}");
    }
    let statement = format!("select found.* from (select) as asked left join ({page}) as found on true");
    (statement, params)
}

/// So many tasks cannot weigh too much.
pub(crate) const LIGHT: u32 = 1000;
/// How many bytes of text a page has at most. Host and components hold each of them several times.
pub(crate) const MAX_WEIGHT: i64 = 4 << 20;
const WEIGHT: &str = "octet_length(title) + coalesce(octet_length(description), 0)";
