//! The scripted ECS: a loopback server for one test, its log, its faults, and a way to freeze it.

mod state;

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use super::capture::Capture;
use super::fault::{Fault, Who};
use super::http::{Connection, Reply, Request};
use super::log::RequestLog;
use super::protocol;
use super::quota::Buckets;
use super::scenario::Scenario;
use super::world::World;

use state::State;

/// Maximum time that a test waits for anything.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server. Stops on drop, and fails the test if it got a request that it doesn't implement.
pub struct Scripted {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    /// Notified of every request, response and freeze.
    changed: Condvar,
    ended: AtomicBool,
    latency: Duration,
    who: Who,
}

/// When to freeze the server, so that a test can kill the program at a known moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The operation is carried out, and its response never sent.
    BeforeReply,
    /// The response is sent, and no later request is answered.
    AfterReply,
}

impl Scripted {
    /// Starts a server.
    pub fn start(scenario: Scenario) -> Self {
        Self::start_on(scenario, 0)
    }

    /// Starts a server on this port.
    pub fn start_on(scenario: Scenario, port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).expect("a loopback port");
        let address = listener.local_addr().expect("an address");
        let world = World::new(&scenario, address.port());
        let shared = Arc::new(Shared {
            latency: Duration::from_millis(scenario.latency),
            who: world.who(),
            state: Mutex::new(State {
                world,
                log: Vec::new(),
                faults: scenario.faults.into_iter().map(|fault| (fault, 0)).collect(),
                capture: Capture::new(address.port(), scenario.unknown_values),
                unplayed: Vec::new(),
                buckets: None,
                cut: None,
                cut_about: None,
                frozen: false,
                stands: false,
                released: 0,
            }),
            changed: Condvar::new(),
            ended: AtomicBool::new(false),
        });
        let acceptor = Arc::clone(&shared);
        thread::spawn(move || accept(&listener, &acceptor));
        Self { address, shared }
    }

    /// Returns `http://127.0.0.1:PORT`: the endpoint of every service.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns `127.0.0.1:PORT`: the registry.
    pub fn registry(&self) -> String {
        self.address.to_string()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.lock()
    }

    /// Returns the requests so far.
    pub fn log(&self) -> RequestLog {
        RequestLog(self.state().log.clone())
    }

    /// Clears the request log.
    pub fn clear_log(&self) {
        self.state().log.clear();
    }

    /// Returns the file of captured requests and responses.
    pub fn capture(&self) -> std::path::PathBuf {
        self.state().capture.path.clone()
    }

    /// Adds a fault, which counts from now on.
    pub fn fault(&self, fault: Fault) {
        self.state().faults.push((fault, 0));
    }

    /// Throttles reads that exceed ECS's quotas.
    pub fn enforce_quotas(&self) {
        self.state().buckets = Some(Buckets::default());
    }

    /// Removes all faults.
    pub fn heal(&self) {
        self.state().faults.clear();
    }

    /// Reads or changes the world.
    pub fn world<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.state().world)
    }

    /// Freezes the server at the nth request for an operation, counted from 1 and from now on.
    pub fn freeze_at(&self, operation: &str, nth: u64, cut: Cut) {
        let mut state = self.state();
        let seen = state.log.iter().filter(|seen| seen.name == operation).count() as u64;
        state.cut = Some((operation.to_owned(), seen + nth, cut));
        state.cut_about = None;
        state.frozen = false;
        state.stands = false;
    }

    /// As `freeze_at`, at the first request from the `nth` on whose input contains `about`.
    pub fn freeze_at_one_about(&self, operation: &str, nth: u64, about: &str, cut: Cut) {
        self.freeze_at(operation, nth, cut);
        self.state().cut_about = Some(about.to_owned());
    }

    /// Unfreezes the server. Requests that waited are never answered.
    pub fn thaw(&self) {
        let mut state = self.state();
        state.cut = None;
        state.frozen = false;
        state.stands = false;
    }

    /// Releases every waiting request: those that were held get their response, the others none.
    pub fn end_connections(&self) {
        self.state().released += 1;
        self.shared.changed.notify_all();
    }

    /// Waits until the server is frozen, and the program has received everything that it will.
    pub fn wait_frozen(&self) {
        self.wait_until("freeze", |state| state.stands);
    }

    /// Waits for the nth request for an operation.
    pub fn wait_for(&self, operation: &str, nth: usize) {
        self.wait_until(operation, |state| {
            state.log.iter().filter(|seen| seen.name == operation).count() >= nth
        });
    }

    /// Waits until there are this many unanswered requests.
    pub fn wait_for_unanswered(&self, count: usize) {
        self.wait_until("requests without a reply", |state| {
            state.log.iter().filter(|seen| seen.answered.is_none()).count() >= count
        });
    }

    fn wait_until(&self, what: &str, is_so: impl Fn(&State) -> bool) {
        let waited = self
            .shared
            .changed
            .wait_timeout_while(self.state(), PATIENCE, |state| !is_so(state));
        let (state, timeout) = waited.expect("no thread of the server panicked");
        let names = RequestLog(state.log.clone());
        assert!(
            !timeout.timed_out(),
            "{what}: waited in vain; {:#?}",
            names.names()
        );
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        // Wakes the acceptor, which checks whether to stop.
        let _ = TcpStream::connect(self.address);
        self.shared.changed.notify_all();
        if !thread::panicking() {
            let unplayed = self.state().unplayed.clone();
            assert!(
                unplayed.is_empty(),
                "the scripted ECS can't play: {}",
                unplayed.join("; ")
            );
        }
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.ended.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let shared = Arc::clone(shared);
        // An error here means that the client closed the connection, which is allowed.
        thread::spawn(move || drop(shared.serve(stream)));
    }
}

/// What to do with a response.
enum Ending {
    Send(Reply),
    Half(Reply),
    /// Half is sent; then as `Never`.
    Stall(Reply, u64),
    Endless,
    Garbage,
    Reset,
    Close,
    /// Carried out once waiting requests are released once more than this.
    Held(u64),
    /// Never sent; waits until waiting requests are released once more than this.
    Never(u64),
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread of the server panicked")
    }

    fn serve(&self, stream: TcpStream) -> io::Result<()> {
        let mut connection = Connection::new(stream)?;
        while let Some(request) = connection.request()? {
            let to_head = request.method == "HEAD";
            let (index, ending) = self.answer(&request);
            match ending {
                Ending::Send(reply) => {
                    // Marked before it is sent, so that the client's next request always comes after it.
                    self.answered(index, Some(reply.status));
                    connection.reply(&reply, to_head)?;
                }
                Ending::Half(reply) => {
                    self.answered(index, Some(reply.status));
                    return connection.reply_half(&reply);
                }
                Ending::Stall(reply, released) => {
                    connection.reply_half(&reply)?;
                    self.wait_for_the_end(released);
                    return Ok(());
                }
                Ending::Endless => return connection.endless(),
                Ending::Garbage => return connection.garbage(),
                Ending::Reset => return connection.reset(),
                Ending::Close => return Ok(()),
                Ending::Held(released) | Ending::Never(released) => {
                    self.wait_for_the_end(released);
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn answered(&self, index: usize, status: Option<u16>) {
        let mut state = self.lock();
        // The log may have been cleared meanwhile.
        if let Some(exchange) = state.log.get_mut(index) {
            exchange.answered = Some(Instant::now());
            exchange.status = status;
        }
        self.changed.notify_all();
    }

    fn wait_for_the_end(&self, released: u64) {
        let state = self.lock();
        drop(self.changed.wait_while(state, |state| {
            state.released == released && !self.ended.load(Ordering::SeqCst)
        }));
    }

    /// Logs a request, carries it out, and decides what to do with its response.
    fn answer(&self, request: &Request) -> (usize, Ending) {
        let mut state = self.lock();
        let call = match protocol::call_of(request) {
            Ok(call) => call,
            Err(problem) => {
                state.unplayed.push(problem);
                return (usize::MAX, Ending::Send(Reply::status(404)));
            }
        };
        let index = state.arrived(&call, request);
        // Waiters wake up once the lock is released, so they see all of the following.
        self.changed.notify_all();
        if state.frozen {
            state.stands = true;
            return (index, Ending::Never(state.released));
        }
        let ending = state.perform(&call, request, index, &self.who);
        if let Some(Cut::BeforeReply) = state.cut_here(&call) {
            state.stands = true;
            self.changed.notify_all();
            return (index, Ending::Never(state.released));
        }
        drop(state);
        if let (Ending::Held(released), _) = ending {
            self.wait_for_the_end(released);
            let reply = self.lock().carry_out(&call, request, "released");
            return (index, Ending::Send(reply));
        }
        let delay = match &ending {
            (_, Some(millis)) => Duration::from_millis(*millis),
            _ => self.latency,
        };
        if !delay.is_zero() {
            thread::sleep(delay);
        }
        (index, ending.0)
    }
}
