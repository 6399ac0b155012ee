// What a case of utterances.json expects, and whether it came true. Members of a case:
//   tasks      the list before, by its titles, by members or by the name of a list; completed ones begin with a tick
//   say        one message, or several in a conversation; {1} is the number of the first task
//   language   the language of the user interface; English if absent
//   adds       the tasks that are added, by title (a|b: either) or by members; "any" for whatever they are called
//   completes, reopens, deletes   numbers of tasks
//   renames, sets                 by number: the new title, other members
//   dates      numbers of tasks that become due, on whatever day
//   asks       a question in place of the act is right, too
//   answer     a regular expression for the response
//   lacks      words that the response must not have
// A due day is told as days from today, "+1" or "+1 17:00"; "*" is any.

const members = ['priority', 'due', 'tags', 'list', 'repeat', 'remind'];

// The due day of "+1 17:00" in the time zone of the conversations.
function dueOf(told) {
  const found = /^([+-]\d+)(?: (\d\d:\d\d))?$/.exec(told ?? '');
  if (!found) return told;
  const day = new Date(`${new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format()}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + Number(found[1]));
  return day.toISOString().slice(0, 10) + (found[2] ? `T${found[2]}` : '');
}

// The task of a title, completed if it is ticked, or of an object of members.
export function toTask(expected) {
  if (typeof expected !== 'string') return { completed: false, ...expected, due: dueOf(expected.due) };
  return { title: expected.replace('✓ ', ''), completed: expected.startsWith('✓ ') };
}

const isSet = (value) => value !== undefined && value !== null && value !== 'none' && !(Array.isArray(value) && value.length === 0);

function isSame(task, expected) {
  if (!task || !expected) return !task && !expected;
  const titles = expected.title.toLowerCase().split('|');
  if (!titles.includes(task.title.toLowerCase()) || task.completed !== expected.completed) return false;
  if (expected.due === '*' && isSet(task.due)) return isSame({ ...task, due: null }, { ...expected, due: null });
  return members.every((name) => (isSet(task[name]) || isSet(expected[name]) ? JSON.stringify(task[name]) === JSON.stringify(expected[name]) : true));
}

function expectedTask(utterance, before, number) {
  if (utterance.deletes?.includes(number)) return null;
  const expected = { ...before, ...utterance.sets?.[number] };
  expected.due = dueOf(expected.due);
  if (utterance.renames?.[number]) expected.title = utterance.renames[number];
  if (utterance.completes?.includes(number)) expected.completed = true;
  if (utterance.reopens?.includes(number)) expected.completed = false;
  return expected;
}

// "right", "missed" (nothing wrong is changed, but something is missing), or "wrong".
export function judge(utterance, { titles, ids, after, response, withNumbers }) {
  let missing = false;
  let changed = false;
  for (const [at, title] of titles.entries()) {
    const task = after.find((other) => other.id === ids[at]) ?? null;
    const before = toTask(title);
    const isAsBefore = isSame(task, before);
    changed ||= !isAsBefore;
    const expected = expectedTask(utterance, before, at + 1);
    if (task && utterance.dates?.includes(at + 1)) {
      expected.due = task.due;
      missing ||= !isSet(task.due);
    }
    if (isSame(task, expected)) continue;
    if (!isAsBefore) return 'wrong';
    missing = true;
  }
  const added = after.filter((task) => !ids.includes(task.id));
  changed ||= added.length > 0;
  if (utterance.adds === 'any') {
    missing ||= added.length === 0;
  } else {
    const expected = (utterance.adds ?? []).map(toTask);
    if (added.length > expected.length || !added.every((task) => expected.some((one) => isSame(task, one)))) return 'wrong';
    missing ||= added.length < expected.length;
  }
  const asked = utterance.asks && !changed && /\?|confirm|bestätige/i.test(response);
  const says = (pattern) => new RegExp(withNumbers(pattern), 'is').test(response);
  const said = (!utterance.answer || says(utterance.answer)) && !(utterance.lacks && says(utterance.lacks));
  return asked || (!missing && said) ? 'right' : 'missed';
}
