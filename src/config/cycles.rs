//! Finds dependency cycles.

/// Returns every cycle once, as the names along it: the last one leads back to the first. A name that
/// leads directly back to itself is not counted as a cycle here. `next` returns the names that a name
/// leads to.
pub(super) fn cycles<'a>(all: &[&'a str], next: &dyn Fn(&'a str) -> Vec<&'a str>) -> Vec<Vec<&'a str>> {
    let mut walk = CycleSearch {
        next,
        path: Vec::new(),
        done: Vec::new(),
        found: Vec::new(),
    };
    all.iter().for_each(|name| walk.from(name));
    walk.found
}

struct CycleSearch<'a, 'w> {
    next: &'w dyn Fn(&'a str) -> Vec<&'a str>,
    path: Vec<&'a str>,
    done: Vec<&'a str>,
    found: Vec<Vec<&'a str>>,
}

impl<'a> CycleSearch<'a, '_> {
    fn from(&mut self, name: &'a str) {
        if self.done.contains(&name) {
            return;
        }
        self.path.push(name);
        for next in (self.next)(name) {
            match self.path.iter().position(|open| *open == next) {
                Some(start) if next != name => self.found.push(self.path[start..].to_vec()),
                Some(_) => {}
                None => self.from(next),
            }
        }
        self.path.pop();
        self.done.push(name);
    }
}

/// Formats a cycle: `a → b → a`.
pub(super) fn in_words(circle: &[&str]) -> String {
    let round: Vec<&str> = circle.iter().chain(circle.first()).copied().collect();
    round.join(" → ")
}
