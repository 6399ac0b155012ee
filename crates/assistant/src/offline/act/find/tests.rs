use super::*;

fn ids(words: &str) -> Vec<i64> {
    let task = |id, title: &str, completed| ListedTask {
        id,
        title: title.into(),
        description: None,
        due: None,
        completed,
        remind_at: Vec::new(),
        is_overdue: false,
        priority: None,
        list: None,
        tags: Vec::new(),
        repeat: None,
        repeat_from: RepeatFrom::Due,
        goes_on: false,
    };
    let tasks = [
        task(1, "Buy groceries", false),
        task(2, "buy milk", true),
        task(3, "Buy milk for the cat", false),
        task(4, "Milk", true),
        task(5, "Call mum", false),
        task(6, "call mum", true),
    ];
    find_tasks(&tasks, words, |task| !task.completed).into_iter().map(|task| task.id).collect()
}

#[test]
fn the_best_fit_wins_and_a_preferred_task_goes_first() {
    for (words, expected) in [
        ("groceries", vec![1]),
        ("grocery", vec![1]),
        ("BUY MILK", vec![2]),
        ("milk", vec![4]),
        ("cat milk", vec![3]),
        ("call mum", vec![5]),
        ("buy", vec![1, 3]),
        ("groc", vec![1]),
        ("grocreies", vec![1]),
        ("the milk for a cat", vec![3]),
        ("bread", vec![]),
        ("…", vec![]),
    ] {
        assert_eq!(ids(words), expected, "{words}");
    }
}
