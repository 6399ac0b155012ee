//! A statement in a file: a head of comments that explains it and its parameters, and the statement.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sql_checks::project;

pub(crate) struct Statement {
    /// The file, from the project's folder on.
    pub(crate) file: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Statement {
    /// All of them: `components/*/sql/**/*.sql` and `crates/*/sql/**/*.sql`.
    pub(crate) fn all() -> Result<Vec<Self>> {
        let root = project().canonicalize()?;
        let mut files = Vec::new();
        for folder in ["components", "crates"] {
            for package in std::fs::read_dir(root.join(folder))? {
                sql_files(&package?.path().join("sql"), &mut files)?;
            }
        }
        files.sort();
        files.iter().map(|file| Self::read(&root, file)).collect()
    }

    fn read(root: &Path, file: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let (head, body): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with("--"));
        let file = file.strip_prefix(root)?.display().to_string();
        Ok(Self { file, head: head.join("\n"), body: body.join("\n") })
    }

    /// What is wrong with its form, apart from what PostgreSQL finds.
    pub(crate) fn faults_of_form(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.head.is_empty() {
            faults.push("has no comment at its head".to_owned());
        }
        let (explained, used) = (parameters(&self.head), parameters(&self.body));
        for number in used.difference(&explained) {
            faults.push(format!("does not explain ${number} at its head"));
        }
        for number in explained.difference(&used) {
            faults.push(format!("explains ${number}, which it does not use"));
        }
        faults
    }
}

fn sql_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => sql_files(&path, files)?,
            false if path.extension().is_some_and(|extension| extension == "sql") => files.push(path),
            false => {}
        }
    }
    Ok(())
}

/// The numbers behind a `$`.
fn parameters(text: &str) -> BTreeSet<usize> {
    let number = |part: &str| part[..part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len())].parse().ok();
    text.split('$').skip(1).filter_map(number).collect()
}
