//! The module rules as data, and their application to what a file uses.

use super::scan::{Import, Scan, Used};

/// Each module and the modules that it may use besides itself: only modules above it, so that there is no cycle.
pub const MAY_USE: [(&str, &[&str]); 17] = [
    ("exit", &[]),
    ("files", &[]),
    ("diagnostic", &["exit"]),
    ("clock", &[]),
    ("model", &["diagnostic", "exit"]),
    ("schema", &["model", "diagnostic", "exit"]),
    ("config", &["schema", "model", "diagnostic", "exit"]),
    ("ecs", &["model", "diagnostic", "exit"]),
    ("plan", &["ecs", "schema", "model", "diagnostic", "exit"]),
    (
        "init",
        &["config", "plan", "ecs", "schema", "model", "diagnostic", "exit"],
    ),
    ("verdict", &["ecs", "schema", "model", "diagnostic", "exit"]),
    ("aws", &["ecs", "model", "diagnostic", "exit", "clock", "files"]),
    ("docker", &["model", "diagnostic", "exit", "clock", "files"]),
    ("registry", &["model", "diagnostic", "exit", "clock"]),
    (
        "engine",
        &[
            "aws",
            "docker",
            "registry",
            "init",
            "plan",
            "verdict",
            "config",
            "ecs",
            "schema",
            "model",
            "diagnostic",
            "exit",
            "clock",
            "files",
        ],
    ),
    ("ui", &["ecs", "model", "diagnostic", "exit", "schema"]),
    ("cli", &["exit"]),
];

/// Modules that may use every other one: the flow, and the crate's root.
const MAY_USE_ALL: [&str; 4] = ["commands", "fuzz", "lib", "main"];

/// Modules that never see the world.
const PURE: [&str; 8] = [
    "init",
    "plan",
    "verdict",
    "config",
    "ecs",
    "schema",
    "model",
    "diagnostic",
];

/// Crates that do things to the world, or wait for it. `aws_` stands for every crate of the SDK.
const EFFECT_CRATES: [&str; 16] = [
    "aws_",
    "bollard",
    "docker_credential",
    "futures_util",
    "http_body_util",
    "hyper",
    "hyper_util",
    "indicatif",
    "rustls",
    "tempfile",
    "tokio",
    "tokio_stream",
    "tokio_util",
    "tracing_subscriber",
    "walkdir",
    "anstream",
];

/// Parts of the standard library, and others', that do.
const EFFECT_PATHS: [&[&str]; 13] = [
    &["std", "fs"],
    &["std", "net"],
    &["std", "env"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "os"],
    &["std", "io", "stdin"],
    &["std", "io", "stdout"],
    &["std", "io", "stderr"],
    &["std", "time", "SystemTime"],
    &["std", "time", "Instant"],
    &["jiff", "Timestamp", "now"],
    &["jiff", "Zoned", "now"],
];

/// Reading the clock by a type that a glob or an alias may have brought in.
const CLOCK_TYPES: [&str; 4] = ["Timestamp", "Zoned", "SystemTime", "Instant"];

/// Methods of `std::path::Path` that ask the disk.
const DISK_METHODS: [&str; 9] = [
    "canonicalize",
    "exists",
    "is_dir",
    "is_file",
    "is_symlink",
    "read_dir",
    "read_link",
    "symlink_metadata",
    "try_exists",
];

/// Crates of the command line, and the modules that may use them.
const COMMAND_LINE_CRATES: [&str; 2] = ["clap", "clap_complete"];
const COMMAND_LINE_MODULES: [&str; 3] = ["cli", "commands", "lib"];

/// Macros that print.
const PRINTING_MACROS: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// Ways to the terminal other than macros; only `ui` may take them.
const PRINTING_PATHS: [&[&str]; 5] = [
    &["std", "io", "stdout"],
    &["std", "io", "stderr"],
    &["anstream", "stdout"],
    &["anstream", "stderr"],
    &["indicatif"],
];

/// Ways to read a whole file, which may have no end; only `files` takes them.
const READS: [&[&str]; 2] = [&["std", "fs", "read"], &["std", "fs", "read_to_string"]];

/// Ways to end the process; the crate's root alone takes them.
const EXITS: [&[&str]; 2] = [&["std", "process", "exit"], &["std", "process", "abort"]];

/// What a file does that its module may not, each as `FILE: MESSAGE`. `in_test` is for a file that is compiled for
/// tests only: it may touch the world and print, and use no more modules than others.
pub fn violations(file: &str, text: &str, in_test: bool) -> Vec<String> {
    let scan = match Scan::of(file, text, in_test) {
        Ok(scan) => scan,
        Err(error) => return vec![format!("{file}: can't be parsed: {error}")],
    };
    let judge = Judge {
        top_module: scan.top_module.clone(),
        found: Vec::new(),
    };
    let mut found = judge.run(&scan);
    found.sort();
    found.dedup();
    found
        .into_iter()
        .map(|message| format!("{file}: {message}"))
        .collect()
}

struct Judge {
    top_module: String,
    found: Vec<String>,
}

impl Judge {
    fn run(mut self, scan: &Scan) -> Vec<String> {
        let known = MAY_USE
            .iter()
            .any(|(top_module, _)| *top_module == self.top_module)
            || MAY_USE_ALL.contains(&self.top_module.as_str());
        if !known {
            self.say("no rule lists the modules that this one may use");
            return self.found;
        }
        for trick in &scan.tricks {
            self.found.push(trick.clone());
        }
        for import in &scan.imports {
            self.import(import);
        }
        for used in &scan.used {
            self.check_crate_path(&used.path);
            if !used.in_test {
                self.printing_and_exit(&used.path);
                self.command_line(&used.path);
                self.effect(used);
            }
        }
        for name in &scan.macros {
            if PRINTING_MACROS.contains(&name.as_str()) && self.top_module != "ui" {
                self.say(format!("`{name}!` prints; only `ui` does"));
            }
        }
        if self.is_pure() {
            for what in &scan.asynchronous {
                self.say(format!("a pure module has no {what}"));
            }
            for method in &scan.methods {
                if DISK_METHODS.contains(&method.as_str()) {
                    self.say(format!("a pure module may not read the disk: `.{method}()`"));
                }
            }
        }
        self.found
    }

    fn say(&mut self, message: impl Into<String>) {
        self.found
            .push(format!("{}: {}", self.top_module, message.into()));
    }

    fn is_pure(&self) -> bool {
        PURE.contains(&self.top_module.as_str())
    }

    /// A `crate::…` path must lead to the own module or to one that it may use.
    fn check_crate_path(&mut self, path: &[String]) {
        let [first, target, ..] = path else { return };
        if first != "crate" || *target == self.top_module || MAY_USE_ALL.contains(&self.top_module.as_str()) {
            return;
        }
        let is_module = MAY_USE.iter().any(|(top_module, _)| top_module == target)
            || MAY_USE_ALL.contains(&target.as_str());
        let may = MAY_USE
            .iter()
            .find(|(top_module, _)| *top_module == self.top_module)
            .is_some_and(|(_, modules)| modules.contains(&target.as_str()));
        if is_module && !may {
            self.say(format!("may not use `{target}`: `{}`", path.join("::")));
        } else if !is_module {
            self.say(format!(
                "`{}` is not a module: use a module's own path",
                path.join("::")
            ));
        }
    }

    fn effect(&mut self, used: &Used) {
        if !self.is_pure() {
            return;
        }
        let path = &used.path;
        let by_crate = path.first().is_some_and(|first| {
            EFFECT_CRATES
                .iter()
                .any(|name| first == name || (name.ends_with('_') && first.starts_with(name)))
        });
        let by_path = EFFECT_PATHS.iter().any(|forbidden| starts_with(path, forbidden));
        let by_clock = matches!(path.as_slice(), [.., owner, method]
            if method == "now" && CLOCK_TYPES.contains(&owner.as_str()));
        if by_crate || by_path || by_clock {
            self.say(format!("a pure module has no effects: `{}`", path.join("::")));
        }
    }

    fn command_line(&mut self, path: &[String]) {
        let is_crate = |first: &String| COMMAND_LINE_CRATES.contains(&first.as_str());
        if path.first().is_some_and(is_crate) && !COMMAND_LINE_MODULES.contains(&self.top_module.as_str()) {
            self.say(format!(
                "`{}`: only `cli` knows the command line",
                path.join("::")
            ));
        }
    }

    fn printing_and_exit(&mut self, path: &[String]) {
        let shown = || path.join("::");
        let prints = PRINTING_PATHS
            .iter()
            .any(|forbidden| starts_with(path, forbidden));
        // In a pure module it is an effect, and said as one.
        if prints && self.top_module != "ui" && !self.is_pure() {
            self.say(format!("`{}` prints; only `ui` does", shown()));
        }
        let reads = READS.iter().any(|forbidden| starts_with(path, forbidden));
        if reads && self.top_module != "files" && !self.is_pure() {
            self.say(format!("`{}` has no limit; use `files`", shown()));
        }
        let exits = EXITS.iter().any(|forbidden| starts_with(path, forbidden));
        if exits && !["lib", "main"].contains(&self.top_module.as_str()) && !self.is_pure() {
            self.say(format!("`{}` ends the process; only lib.rs does", shown()));
        }
    }

    /// Imports that would hide from the rules what they bring in.
    fn import(&mut self, import: &Import) {
        let shown = import.path.join("::");
        let is_root = matches!(import.path.as_slice(), [only] if only == "crate" || only == "std");
        let is_crate_root = MAY_USE_ALL.contains(&self.top_module.as_str());
        if is_root && !is_crate_root && (import.is_glob || import.is_renamed) {
            self.say(format!(
                "`{shown}` as a glob or under another name hides what is used"
            ));
        }
        let hides_effect = import.is_glob
            && self.is_pure()
            && !import.in_test
            && EFFECT_PATHS
                .iter()
                .any(|forbidden| forbidden.len() > import.path.len() && starts_with(forbidden, &import.path));
        if hides_effect && !is_root {
            self.say(format!("`{shown}::*` hides what is used"));
        }
    }
}

fn starts_with<A: AsRef<str>, B: AsRef<str>>(path: &[A], prefix: &[B]) -> bool {
    path.len() >= prefix.len() && path.iter().zip(prefix).all(|(a, b)| a.as_ref() == b.as_ref())
}
