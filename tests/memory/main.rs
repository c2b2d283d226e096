//! The memory: what is found, by whom it was stored and when, and what goes in and out as TMX.

mod files;
mod likeness;
mod look_up;
mod make;
mod tmx;
mod upkeep;
