//! The server's state, and how it handles a call.

use std::time::Instant;

use super::{Cut, Ending};
use crate::support::capture::Capture;
use crate::support::fault::{Effect, Fault, Who, with_deployments_twice, without};
use crate::support::http::{Reply, Request};
use crate::support::log::{Exchange, signed_at};
use crate::support::protocol::{self, Call};
use crate::support::quota::Buckets;
use crate::support::world::{Done, World};

pub(super) struct State {
    pub world: World,
    pub log: Vec<Exchange>,
    pub faults: Vec<(Fault, u64)>,
    /// The token buckets, if ECS's quotas are enforced.
    pub buckets: Option<Buckets>,
    pub capture: Capture,
    /// Requests that aren't implemented.
    pub unplayed: Vec<String>,
    pub cut: Option<(String, u64, Cut)>,
    /// Text that the request at which the server freezes must contain.
    pub cut_about: Option<String>,
    pub frozen: bool,
    /// Whether the server is frozen and the program can't get any further.
    pub stands: bool,
    /// How often waiting requests were released.
    pub released: u64,
}

impl State {
    pub fn arrived(&mut self, call: &Call, request: &Request) -> usize {
        self.capture.request(call);
        self.log.push(Exchange {
            name: call.name(),
            input: call.input.clone(),
            body: request.body.clone(),
            invocation: request.header("amz-sdk-invocation-id").map(str::to_owned),
            signed: request.header("x-amz-date").and_then(signed_at),
            arrived: Instant::now(),
            answered: None,
            status: None,
        });
        self.log.len() - 1
    }

    /// Returns the first fault that applies; each counts the requests that it matches.
    pub fn fault_for(&mut self, call: &Call, request: &Request) -> Option<Fault> {
        let key = request.header("authorization").and_then(access_key);
        let mut holding = None;
        for (fault, seen) in &mut self.faults {
            if fault.matches(call, key) {
                *seen += 1;
                if holding.is_none() && fault.holds_for(*seen) {
                    holding = Some(fault.clone());
                }
            }
        }
        let signed = request.header("x-amz-date");
        let is_too_often = self.buckets.as_mut().is_some_and(|it| it.refuse(call, signed));
        holding.or(is_too_often.then(|| Fault {
            throttle: true,
            ..Fault::default()
        }))
    }

    /// Performs a request. Returns the result, and the response's delay if one is set.
    pub fn perform(
        &mut self,
        call: &Call,
        request: &Request,
        index: usize,
        who: &Who,
    ) -> (Ending, Option<u64>) {
        let request_id = format!("00000000-0000-4000-8000-{index:012}");
        let Some(fault) = self.fault_for(call, request) else {
            return (Ending::Send(self.carry_out(call, request, &request_id)), None);
        };
        let effect = fault.effect(call, who);
        let needs_reply = matches!(
            effect,
            Effect::Half | Effect::Stall | Effect::Delay(_) | Effect::Without(_) | Effect::Twice(_)
        );
        let reply = (fault.processed || needs_reply).then(|| self.carry_out(call, request, &request_id));
        match effect {
            Effect::Refuse(refusal) => {
                let refused = protocol::reply_to(call, &Err(refusal), &request_id);
                (Ending::Send(refused), None)
            }
            Effect::Reset => (Ending::Reset, None),
            Effect::Close => (Ending::Close, None),
            Effect::Hang => (Ending::Never(self.released), None),
            Effect::Garbage => (Ending::Garbage, None),
            Effect::Half => (Ending::Half(reply.unwrap_or_default()), None),
            Effect::Hold => (Ending::Held(self.released), None),
            Effect::Without(member) => {
                let mut reply = reply.unwrap_or_default();
                reply.body = without(&reply.body, &member);
                (Ending::Send(reply), None)
            }
            Effect::Twice(definition) => {
                let mut reply = reply.unwrap_or_default();
                reply.body = with_deployments_twice(&reply.body, &definition);
                (Ending::Send(reply), None)
            }
            Effect::Instead(body) => {
                let other = Reply::status(200).body("application/x-amz-json-1.1", body);
                (Ending::Send(other), None)
            }
            Effect::Stall => (Ending::Stall(reply.unwrap_or_default(), self.released), None),
            Effect::Endless => (Ending::Endless, None),
            Effect::Delay(millis) => (Ending::Send(reply.unwrap_or_default()), Some(millis)),
        }
    }

    pub fn carry_out(&mut self, call: &Call, request: &Request, request_id: &str) -> Reply {
        let reply = match self.world.perform(call, request) {
            Done::Answer(answer) => protocol::reply_to(call, &answer, request_id),
            Done::Reply(reply) => reply,
            Done::Unplayed => {
                self.unplayed.push(format!("{} {}", call.name(), call.input));
                return Reply::status(501);
            }
        };
        self.capture.reply(call, &reply);
        reply
    }

    /// Whether the server freezes at this call; if so, it is frozen from now on.
    pub fn cut_here(&mut self, call: &Call) -> Option<Cut> {
        let (operation, nth, cut) = self.cut.clone()?;
        let seen = self.log.iter().filter(|seen| seen.name == operation).count() as u64;
        let about = self.cut_about.as_deref().unwrap_or_default();
        if operation != call.name() || seen < nth || !call.input.to_string().contains(about) {
            return None;
        }
        self.frozen = true;
        self.cut = None;
        Some(cut)
    }
}

/// Returns `AKIA…` of `AWS4-HMAC-SHA256 Credential=AKIA…/20261120/us-east-1/ecs/aws4_request, …`.
fn access_key(authorization: &str) -> Option<&str> {
    let (_, credential) = authorization.split_once("Credential=")?;
    credential.split('/').next()
}
