//! The revision of WASI 0.3 that Spin 4.0 has. Wasmtime 48 knows the released version alone, whose types and functions are the same.

/// How the names of the revision's interfaces end.
const REVISION: &[u8] = b"@0.3.0-rc-2026-03-15";
/// Where the mark of a pre-release stands in it.
const MARK: usize = b"@0.3.0".len();

/// Makes a component import and export the released interfaces. What follows a `+` is no part of a version (semver, 10), and the name keeps its
/// length.
pub(crate) fn release_names(mut component: Vec<u8>) -> Vec<u8> {
    let found = component.windows(REVISION.len()).enumerate();
    let places: Vec<usize> = found.filter(|(_, name)| *name == REVISION).map(|(place, _)| place).collect();
    for place in places {
        component[place + MARK] = b'+';
    }
    component
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_the_revision_become_those_of_the_release() {
        let names =
            "wasi:http/types@0.3.0-rc-2026-03-15 wasi:http/types@0.2.0 a@0.3.0-rc-2026-03-15 b@0.3.0-rc-2026-03";
        let released =
            "wasi:http/types@0.3.0+rc-2026-03-15 wasi:http/types@0.2.0 a@0.3.0+rc-2026-03-15 b@0.3.0-rc-2026-03";
        assert_eq!(String::from_utf8(release_names(names.into())).unwrap(), released);
    }
}
