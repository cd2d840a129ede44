#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| ecsctl::fuzz::registry_reply(input));
