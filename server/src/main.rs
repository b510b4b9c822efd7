//! `huiyin`: see `huiyin --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::main()
}
