#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| ecsctl::fuzz::deploy_yaml(input));
