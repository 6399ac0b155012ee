-- Counts $4 failures of the model. After $1 failures within $2 seconds it is not asked for $3 seconds; after that one more
-- failure is enough.
-- $1 failures that open the circuit breaker, $2 seconds within which they count, $3 seconds of rest, $4 new failures
update todo.model_health as health set (failures, counting_since, open_until) = (
  select counted.failures, counted.since,
    case when counted.failures >= $1::bigint then now() + $3::bigint * interval '1 second' else health.open_until end
  from (select health.counting_since < now() - $2::bigint * interval '1 second' as over) as period, lateral (
    select case when over then 0 else health.failures end + $4::bigint as failures,
      case when over then now() else health.counting_since end as since
  ) as counted
)
