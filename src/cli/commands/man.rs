//! `man`: manual pages, for packagers.

use std::path::PathBuf;

use clap::ArgMatches;
use clap_mangen::Man;

use crate::cli::arguments;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::staging::write_whole;
use crate::cli::terminal::{Terminal, print};

pub(super) fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let mut command = arguments::command(terminal.messages());
    command.build();
    let Some(folder) = matches.get_one::<PathBuf>("directory") else {
        print(&page(command)?)?;
        return Ok(Exit::Done);
    };
    std::fs::create_dir_all(folder).map_err(|error| CliError::io(folder, &error))?;
    for sub in command.get_subcommands().cloned().collect::<Vec<_>>() {
        let name = format!("polypost-{}", sub.get_name());
        let path = folder.join(format!("{name}.1"));
        write_whole(
            &path,
            page(sub.display_name(name.clone()).name(name))?.as_bytes(),
        )?;
    }
    write_whole(&folder.join("polypost.1"), page(command)?.as_bytes())?;
    Ok(Exit::Done)
}

fn page(command: clap::Command) -> Result<String, CliError> {
    let mut text = Vec::new();
    Man::new(command)
        .render(&mut text)
        .map_err(|error| CliError::io("-", &error))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
