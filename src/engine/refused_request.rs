//! Explains requests that AWS refused: the usual cause and what to do about it.

use crate::diagnostic::Failure;
use crate::verdict::about_refusal;

/// Adds the usual cause of a refused request to its error, for a service. The error's own hint is kept if it
/// has one: it was made from the request, and names the resource or the permission.
pub(super) fn with_cause(error: impl Into<Failure>, service: &str) -> Failure {
    let mut failure: Failure = error.into();
    let words = failure.said.as_ref().filter(|(who, _)| *who == "AWS");
    if let Some(cause) = words.and_then(|(_, words)| about_refusal(words, service)) {
        failure.details.insert(0, format!("cause: {}", cause.text));
        failure.hint.get_or_insert(cause.cure);
    }
    failure
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exit::Exit;

    fn refused(words: &str) -> Failure {
        Failure::new(Exit::Preflight, "refused", "could not create service web").said("AWS", words)
    }

    #[test]
    fn a_known_refusal_gets_cause_and_hint() {
        let known = with_cause(
            refused("The service cannot be stopped while deployments are active."),
            "web",
        );
        assert!(
            known.details[0].starts_with("cause: a service with tasks"),
            "{known:?}"
        );
        assert_eq!(
            known.hint.clone().unwrap(),
            "ecsctl scale web=0 stops its tasks; then ecsctl delete web"
        );
    }

    #[test]
    fn an_error_with_a_hint_keeps_it() {
        let words =
            "User: arn:aws:iam::1:user/ci is not authorized to perform: ecs:UpdateService on resource: r";
        let denied = with_cause(refused(words).hint("allow ecs:UpdateService on r"), "web");
        assert_eq!(denied.hint.clone().unwrap(), "allow ecs:UpdateService on r");
        assert_eq!(denied.details.len(), 1);
    }

    #[test]
    fn other_errors_stay_as_they_are() {
        let unknown = with_cause(refused("The moon was in the way."), "web");
        assert!(
            unknown.details.is_empty() && unknown.hint.is_none(),
            "{unknown:?}"
        );
        let docker = Failure::new(Exit::Preflight, "x", "x").said("Docker", "Role is not valid");
        assert!(with_cause(docker, "web").details.is_empty());
    }
}
