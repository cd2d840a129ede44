//! The way from one folder to another.

use std::path::{Component, Path, PathBuf, absolute};

/// Returns the path of `folder` relative to `from`, with `/`; empty if they are the same. Follows no links.
pub(super) fn relative_folder(from: &Path, folder: &Path) -> String {
    let (from, folder) = (parts(from), parts(folder));
    let shared = from.iter().zip(&folder).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared).map(str::to_owned);
    let down = folder.iter().skip(shared).cloned();
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// Returns the names of the folders down to a path, without `.` and `..`.
fn parts(path: &Path) -> Vec<String> {
    let path = match path.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => path.to_owned(),
    };
    let mut parts = Vec::new();
    for component in absolute(&path).unwrap_or(path).components() {
        match component {
            Component::ParentDir => {
                parts.pop();
            }
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the path to `y` in the current folder from a sibling of that.
    fn from_sibling() -> String {
        let here = std::env::current_dir().unwrap();
        format!("../{}/y", here.file_name().unwrap().to_string_lossy())
    }

    #[test]
    fn folders_relative_to_one_another() {
        for (from, folder, expected) in [
            ("", "", ""),
            (".", "./", ""),
            ("a", "a/b", "b"),
            ("a/b", "a", ".."),
            ("a/b", "c", "../../c"),
            ("/x", "/y/../z", "../z"),
            ("../x", "y", &from_sibling()),
            (".", "ecs", "ecs"),
            ("a", "b/c", "../b/c"),
            ("/x/y", "/x", ".."),
            ("./a", "a", ""),
        ] {
            let found = relative_folder(Path::new(from), Path::new(folder));
            assert_eq!(found, expected, "{from} {folder}");
        }
    }
}
