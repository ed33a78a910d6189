//! `gongkai-wasm-bindgen IN.wasm OUT`: writes the glue and the final .wasm into the folder OUT.

use std::{env, error::Error};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args_os().skip(1);
    let (Some(input), Some(out), None) = (args.next(), args.next(), args.next()) else {
        return Err("usage: gongkai-wasm-bindgen IN.wasm OUT".into());
    };
    Bindgen::new()
        .input_path(input)
        .out_name("gongkai")
        .web(true)?
        .typescript(false) // index.d.ts is written by hand
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(false) // else init() finds no .wasm in a browser
        .reset_state_function(true) // a new instance after a trap
        .generate(out)?;
    Ok(())
}
