//! Examples of the causes in `table/logs`.

mod aws;
mod brokers;
mod certificates;
mod databases;
mod files;
mod general;
mod gpu;
mod libraries;
mod memory;
mod migrations;
mod pointers;
mod ports;
mod proxies;
mod runtimes;
mod servers;
mod settings;
mod surroundings;
mod users;

use super::Example;

/// The examples, one list per theme.
pub const THEMES: [&[Example]; 18] = [
    surroundings::EXAMPLES,
    ports::EXAMPLES,
    users::EXAMPLES,
    proxies::EXAMPLES,
    migrations::EXAMPLES,
    databases::EXAMPLES,
    brokers::EXAMPLES,
    aws::EXAMPLES,
    settings::EXAMPLES,
    memory::EXAMPLES,
    gpu::EXAMPLES,
    libraries::EXAMPLES,
    runtimes::EXAMPLES,
    certificates::EXAMPLES,
    servers::EXAMPLES,
    files::EXAMPLES,
    general::EXAMPLES,
    pointers::EXAMPLES,
];
