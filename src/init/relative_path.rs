//! Paths of a source, relative to deploy.yaml.

/// Returns a path in a folder, without `./`; a folder that is empty is that of deploy.yaml.
pub(super) fn relative(folder: &str, path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    match (folder, path) {
        ("", "") => ".".to_owned(),
        ("" | ".", path) => path.to_owned(),
        (folder, "" | ".") => folder.to_owned(),
        (_, path) if path.starts_with('/') => path.to_owned(),
        (folder, path) => format!("{folder}/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_folder() {
        for (folder, path, expected) in [
            ("", ".", "."),
            ("", "./a", "a"),
            ("..", ".", ".."),
            ("app", "./a/b", "app/a/b"),
            ("app", "/a", "/a"),
            (".", "a", "a"),
            ("", "", "."),
        ] {
            assert_eq!(relative(folder, path), expected, "{folder} {path}");
        }
    }
}
