//! Compares a service with what the file sets, and plans the input of UpdateService.

use super::PlanOptions;
use super::code_deploy;
use super::diff::{ComparedValue, diff};
use super::error::PlanError;
use super::image_placeholders::unmarked;
use super::images::ImagePlans;
use super::named_members::{named_only, with_unnamed};
use super::normalise::{NormaliseContext, SERVICE, align, known_only, normalise};
use super::service_fields::{ClearRule, FIELDS, OnChange, ReadBack, ServiceField, field_of};
use super::task_definition::lacking;
use crate::ecs::{Service, ServiceRevision};
use crate::model::{
    Change, ChangePath, ChangedSecret, CodeDeployPlan, DefinitionPlan, DisplayValue, Entry, Object, PathStep,
    ServiceAction, ServiceSpec, Value,
};
use crate::plan::{ObservedService, ScalableTarget};
use crate::schema::model;

/// The plan of a service, and notes about it.
pub(super) struct ServiceUpdate {
    pub action: ServiceAction,
    pub warnings: Vec<String>,
    pub code_deploy: Option<CodeDeployPlan>,
}

/// Plans the update of an existing service.
pub(super) fn update(
    service: &ServiceSpec,
    observed: &ObservedService,
    there: &Service,
    definition: &DefinitionPlan,
    images: &ImagePlans<'_>,
    options: &PlanOptions,
) -> Result<ServiceUpdate, Vec<PlanError>> {
    let mut update = UpdateBuilder {
        service,
        observed,
        there,
        images,
        context: NormaliseContext::of_service(there.is_daemon()),
        planned: UpdateParts::default(),
    };
    update.definition(definition);
    update.fields();
    if options.force {
        update.force("requested by `deploy --force`".to_owned());
    } else if options.restart_on_secret_change && !observed.changed_secrets.is_empty() {
        update.force(changed_secrets(&observed.changed_secrets));
    }
    update.finish()
}

/// `shop/db-AbCdEf changed after the tasks started`.
fn changed_secrets(secrets: &[ChangedSecret]) -> String {
    let names: Vec<&str> = secrets.iter().map(|it| it.name.as_str()).collect();
    format!("{} changed after the tasks started", names.join(", "))
}

/// Whether an action replaces the tasks of a service, and thus gives them the present values of its secrets.
pub(super) fn starts_tasks(action: &ServiceAction) -> bool {
    let replaces = |name: &String| {
        let change = field_of(name).map(|field| field.change);
        matches!(change, Some(OnChange::Deploys | OnChange::Forces))
    };
    action.starts_deployment() || action.input().is_some_and(|input| input.keys().any(replaces))
}

/// The parts of the update collected so far.
#[derive(Default)]
struct UpdateParts {
    input: Object,
    changes: Vec<Change>,
    tags: Vec<(String, String)>,
    new_definition: bool,
    errors: Vec<PlanError>,
    warnings: Vec<String>,
    /// Members that the file sets but AWS doesn't return: sent along with the next change.
    unseen: Object,
}

/// Load balancers without their target groups: CodeDeploy moves the service to the other target group with each
/// deployment, so deploy.yaml names the running one only every other time (ecspresso #936).
fn without_target_groups(balancers: &Value) -> Value {
    let mut balancers = balancers.clone();
    for balancer in balancers.as_array_mut().into_iter().flatten() {
        if let Some(members) = balancer.as_object_mut() {
            members.shift_remove("targetGroupArn");
        }
    }
    balancers
}

struct UpdateBuilder<'a> {
    service: &'a ServiceSpec,
    observed: &'a ObservedService,
    there: &'a Service,
    images: &'a ImagePlans<'a>,
    context: NormaliseContext,
    planned: UpdateParts,
}

impl UpdateBuilder<'_> {
    fn definition(&mut self, definition: &DefinitionPlan) {
        let running = self.there.task_definition.as_deref();
        match definition {
            DefinitionPlan::Register { .. } => self.planned.new_definition = true,
            DefinitionPlan::Keep { arn } if running != Some(arn) => {
                self.planned.new_definition = true;
                let before = running.map_or(DisplayValue::Absent, |running| {
                    DisplayValue::Value(lacking(running).into())
                });
                self.change("taskDefinition", before, DisplayValue::Value(lacking(arn).into()));
            }
            DefinitionPlan::Keep { .. } => {}
        }
    }

    fn fields(&mut self) {
        for field in FIELDS {
            let Some(entry) = self.service.named(field.name) else {
                continue;
            };
            let wanted = self.images.fill(&entry.value);
            match field.change {
                OnChange::Supplied => {}
                OnChange::Tags => self.tags(&wanted),
                OnChange::Count => self.count(&wanted),
                OnChange::CreateOnly => self.create_only(field, entry, wanted),
                _ => self.plain(field, wanted),
            }
        }
        let entries = self.service.fields.entries().into_iter().flatten();
        for entry in entries.filter(|entry| !entry.value.is_null() && field_of(&entry.key).is_none()) {
            self.newer(entry);
        }
    }

    fn change(&mut self, path: impl Into<ChangePath>, before: DisplayValue, after: DisplayValue) {
        self.planned.changes.push(Change {
            path: path.into(),
            before,
            after,
            note: None,
        });
    }

    /// Returns a field's current value from where it is read back. `None` if it could not be looked up.
    fn read(&self, field: &ServiceField) -> Option<Option<&Value>> {
        match field.read {
            ReadBack::Service(member) => Some(self.there.value().get(member)),
            ReadBack::Primary => Some(self.there.primary_value().and_then(|it| it.get(field.name))),
            ReadBack::Revision => {
                let revision = self.observed.service_revision.as_ref()?;
                Some(revision.value().get(field.name))
            }
            ReadBack::Nowhere => None,
        }
    }

    fn compare(&self, field: &str, there: Option<&Value>, wanted: &Value) -> Vec<Change> {
        let wrap = |value: Option<&Value>| {
            let member = value.map(|value| (field.to_owned(), value.clone()));
            Value::Object(member.into_iter().collect())
        };
        let (raw_there, raw_wanted) = (wrap(there), wrap(Some(wanted)));
        let there = normalise(&raw_there, SERVICE, &self.context);
        let wanted = normalise(&raw_wanted, SERVICE, &self.context);
        // Members that AWS returns and this version doesn't know never count as a difference.
        let (there, _) = known_only(&there, &wanted, SERVICE);
        let there = align(&there, &wanted, SERVICE);
        diff(
            ComparedValue::new(&there, &raw_there),
            ComparedValue::new(&wanted, &raw_wanted),
            SERVICE,
        )
    }

    /// Compares the members of a field that the file sets. Others in its structures belong to someone else:
    /// they are no difference, and are sent along.
    fn plain(&mut self, field: &ServiceField, wanted: Value) {
        let Some(there) = self.read(field) else {
            return self.unseen(field.name, wanted);
        };
        let shape = shape_of(field.name);
        let named = there.map(|there| named_only(there, &wanted, shape));
        let changes = match field.name == "loadBalancers" && self.there.is_code_deploy() {
            true => self.compare(
                field.name,
                named.as_ref().map(without_target_groups).as_ref(),
                &without_target_groups(&wanted),
            ),
            false => self.compare(field.name, named.as_ref(), &wanted),
        };
        if changes.is_empty() {
            return;
        }
        let sent = match there {
            Some(there) if !is_disabled(field, &wanted) => {
                let whole = with_unnamed(there, &wanted, shape, &self.context);
                if field.change == OnChange::Merges {
                    // AWS keeps what the input doesn't have.
                    named_only_at_top(whole, &wanted)
                } else {
                    whole
                }
            }
            _ => wanted,
        };
        self.changed(field, sent, changes);
    }

    fn is_code_deploy(&self) -> bool {
        self.there.is_code_deploy() && !self.planned.input.contains_key("deploymentController")
    }

    fn changed(&mut self, field: &ServiceField, wanted: Value, changes: Vec<Change>) {
        let is_empty = wanted.as_array().is_some_and(Vec::is_empty);
        if is_empty && field.clear == ClearRule::Unknown {
            self.planned.warnings.push(format!(
                "{}: AWS documents no way to clear `{}`; an empty list is sent as is",
                self.service.name, field.name
            ));
        }
        if field.change == OnChange::Forces {
            self.planned
                .input
                .insert("forceNewDeployment".to_owned(), Value::Bool(true));
        }
        self.planned.input.insert(field.name.to_owned(), unmarked(wanted));
        let note = match self.is_code_deploy() && code_deploy::is_in_the_app_spec(field.name) {
            true => Some(code_deploy::NOTE.to_owned()),
            false => field.change.note().map(str::to_owned),
        };
        let noted = changes.into_iter().map(|change| Change {
            note: note.clone(),
            ..change
        });
        self.planned.changes.extend(noted);
    }

    fn create_only(&mut self, field: &ServiceField, entry: &Entry, wanted: Value) {
        let there = self.read(field).flatten();
        if self.compare(field.name, there, &wanted).is_empty() {
            return;
        }
        // Replacing a service because of a value that AWS added later would be a costly mistake.
        if let Some(value) = there
            .and_then(Value::as_str)
            .filter(|value| !is_known(field.name, value))
        {
            self.planned.warnings.push(format!(
                "{}: `{}` is {value} on AWS, which this version of ecsctl doesn't know: it is left as it is",
                self.service.name, field.name
            ));
            return;
        }
        let said = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.planned.errors.push(PlanError::CreateOnly {
            service: self.service.name.clone(),
            key: self.service.key.clone(),
            field: field.name,
            from: there.map_or_else(|| "none".to_owned(), said).into(),
            to: said(&unmarked(wanted)).into(),
            span: entry.value.span,
        });
    }

    /// Plans the desired count. With autoscaling in the file or a scalable target it is used at creation only; if
    /// that is unknown, it is never lowered.
    fn count(&mut self, wanted: &Value) {
        if self.service.autoscaling.is_some() {
            return;
        }
        if self.there.is_daemon() {
            self.planned.warnings.extend(daemon_count(self.service));
            return;
        }
        let there = self.there.desired_count.and_then(|it| i64::try_from(it).ok());
        let (Some(from), Some(to)) = (there, wanted.as_i64()) else {
            return;
        };
        match self.observed.scalable_target {
            _ if from == to => {}
            ScalableTarget::Exists(_) => {}
            ScalableTarget::Unknown if to < from => self.planned.warnings.push(format!(
                "{}: desiredCount stays {from} and is not lowered to {to}: autoscaling could not be read",
                self.service.name
            )),
            ScalableTarget::None | ScalableTarget::Unknown => {
                self.planned.input.insert("desiredCount".to_owned(), to.into());
                self.change(
                    "desiredCount",
                    DisplayValue::Value(from.into()),
                    DisplayValue::Value(to.into()),
                );
            }
        }
    }

    /// Plans the tags: only keys that the file sets, and never AWS's.
    fn tags(&mut self, wanted: &Value) {
        let text = |tag: &'_ Value, member: &str| tag.get(member).and_then(Value::as_str).map(str::to_owned);
        for tag in wanted.as_array().into_iter().flatten() {
            let Some(key) = text(tag, "key") else {
                continue;
            };
            let value = text(tag, "value").unwrap_or_default();
            let before = self.there.tag(&key);
            if before.as_ref() == Some(&value) || key.starts_with("aws:") {
                continue;
            }
            let after = unmarked(value.as_str().into());
            let text = after.as_str().unwrap_or_default().to_owned();
            self.planned.tags.push((key.clone(), text.clone()));
            let after = if text == value {
                DisplayValue::Value(after)
            } else {
                DisplayValue::Pending(text)
            };
            let before = before.map_or(DisplayValue::Absent, |before| DisplayValue::Value(before.into()));
            let element = PathStep::Element {
                name: key,
                key: &["key"],
            };
            self.change(vec![PathStep::Member("tags".to_owned()), element], before, after);
        }
    }

    /// Plans a field that this version doesn't know (`--allow-unknown-fields`).
    fn newer(&mut self, entry: &Entry) {
        let wanted = self.images.fill(&entry.value);
        let revision = self.observed.service_revision.as_ref();
        let places = [
            Some(self.there.value()),
            self.there.primary_value(),
            revision.map(ServiceRevision::value),
        ];
        let there = places
            .into_iter()
            .flatten()
            .find_map(|place| place.get(&entry.key));
        match there {
            None => self.unseen(&entry.key, wanted),
            // Without nulls, which mean absence.
            Some(there) if named_only(there, &wanted, None) == named_only(&wanted, &wanted, None) => {}
            Some(there) => {
                let wanted = with_unnamed(there, &wanted, None, &self.context);
                let (before, after) = (
                    DisplayValue::Value(there.clone()),
                    DisplayValue::Value(unmarked(wanted.clone())),
                );
                self.change(entry.key.as_str(), before, after);
                self.planned.input.insert(entry.key.clone(), unmarked(wanted));
            }
        }
    }

    fn unseen(&mut self, field: &str, wanted: Value) {
        self.planned.unseen.insert(field.to_owned(), unmarked(wanted));
    }

    fn force(&mut self, why: String) {
        self.planned
            .input
            .insert("forceNewDeployment".to_owned(), Value::Bool(true));
        self.planned.changes.push(Change {
            path: "forceNewDeployment".into(),
            before: DisplayValue::Absent,
            after: DisplayValue::Value(Value::Bool(true)),
            note: Some(why),
        });
    }

    /// Plans the CodeDeploy deployment of a CODE_DEPLOY service, unless it is being moved to another controller: takes
    /// over what UpdateService doesn't accept.
    fn code_deploy(&mut self) -> Option<CodeDeployPlan> {
        if !self.is_code_deploy() {
            return None;
        }
        let balancers = self.planned.input.get("loadBalancers").and_then(Value::as_array);
        if balancers.is_some_and(|it| it.len() != 1) {
            let error = code_deploy::refused(&self.service.name, vec!["loadBalancers".to_owned()]);
            self.planned.errors.extend(error);
        }
        let replaces_tasks = code_deploy::take_from(&mut self.planned.input);
        code_deploy::take_from(&mut self.planned.unseen);
        let is_accepted = |name: &str| field_of(name).is_some_and(|field| field.code_deploy);
        let sent = self.planned.input.keys();
        let refused: Vec<String> = sent.filter(|name| !is_accepted(name)).cloned().collect();
        let is_made = replaces_tasks || self.planned.new_definition;
        let errors = &mut self.planned.errors;
        errors.extend(code_deploy::refused(&self.service.name, refused));
        let (service, observed) = (self.service, self.observed);
        match code_deploy::plan(
            service,
            observed,
            self.there,
            self.images,
            (replaces_tasks, is_made),
        ) {
            Ok(plan) => Some(plan),
            Err(error) => {
                errors.push(error);
                None
            }
        }
    }

    fn finish(mut self) -> Result<ServiceUpdate, Vec<PlanError>> {
        let code_deploy = self.code_deploy();
        let replaces_tasks = code_deploy.as_ref().is_some_and(|it| it.replaces_tasks);
        let planned = &mut self.planned;
        if !planned.errors.is_empty() {
            return Err(std::mem::take(&mut planned.errors));
        }
        let is_call = planned.new_definition || replaces_tasks || !planned.input.is_empty();
        let names: Vec<&str> = planned.unseen.keys().map(String::as_str).collect();
        if !is_call && !names.is_empty() {
            planned.warnings.push(format!(
                "{}: AWS does not return {}; it is sent with the next change, or by `deploy --force`",
                self.service.name,
                names.join(", ")
            ));
        }
        if is_call {
            planned.input.extend(std::mem::take(&mut planned.unseen));
        }
        let action = if is_call || !planned.tags.is_empty() {
            ServiceAction::Update {
                input: Value::Object(std::mem::take(&mut planned.input)),
                changes: std::mem::take(&mut planned.changes),
                new_definition: planned.new_definition,
                tags: std::mem::take(&mut planned.tags),
            }
        } else {
            ServiceAction::Keep
        };
        Ok(ServiceUpdate {
            action,
            warnings: std::mem::take(&mut planned.warnings),
            code_deploy,
        })
    }
}

/// Returns the shape of a member of CreateService.
fn shape_of(field: &str) -> Option<&'static str> {
    model().shape(SERVICE)?.member_shape(field)
}

/// Whether the service model has a value of a field; true for fields that take any.
fn is_known(field: &str, value: &str) -> bool {
    let shape = shape_of(field).and_then(|shape| model().shape(shape));
    shape.is_none_or(|shape| shape.values.is_empty() || shape.values.contains(&value))
}

/// Whether a value clears the field: then nothing else of it is kept.
fn is_disabled(field: &ServiceField, wanted: &Value) -> bool {
    field.clear == ClearRule::Disabled && wanted.get("enabled") == Some(&Value::Bool(false))
}

fn named_only_at_top(whole: Value, wanted: &Value) -> Value {
    let Value::Object(members) = whole else {
        return whole;
    };
    let is_named = |key: &str| wanted.get(key).is_some_and(|wanted| !wanted.is_null());
    Value::Object(members.into_iter().filter(|(key, _)| is_named(key)).collect())
}

/// Returns a warning about a count that a DAEMON service does not use.
pub(super) fn daemon_count(service: &ServiceSpec) -> Option<String> {
    service.named("desiredCount").map(|_| {
        format!(
            "{}: desiredCount is not used, a DAEMON service runs one task on each instance",
            service.name
        )
    })
}
