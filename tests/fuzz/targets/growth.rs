#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| gongkai_tests::properties::check("growth", input));
