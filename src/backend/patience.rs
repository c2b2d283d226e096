//! How long to wait before a service is asked again.

use std::time::Duration;

use super::{BackendError, Remedy};

const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The wait grows from try to try.
const GROWTH: f64 = 1.6;
/// Each wait is longer or shorter by up to this share, so that many clients don't come at once.
const JITTER: f64 = 0.23;
/// Who asks for a longer pause is of no use in this run.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_mins(2);

/// How often a service is asked again before a run begins: somebody is waiting for it.
const RETRIES: u32 = 3;

/// How long to wait before a request is sent again that was sent so many times again already.
pub(crate) fn wait(tries: u32) -> Duration {
    let exponent = i32::try_from(tries).unwrap_or(i32::MAX);
    let jitter = 1.0 + JITTER * (2.0 * fastrand::f64() - 1.0);
    let wait = FIRST_WAIT.as_secs_f64() * GROWTH.powi(exponent) * jitter;
    Duration::from_secs_f64(wait).min(LONGEST_WAIT)
}

/// Does something that a run begins with; a service that answers that it is busy is asked again.
///
/// # Errors
/// The last error.
pub(super) async fn patiently<T>(
    mut attempt: impl AsyncFnMut() -> Result<T, BackendError>,
) -> Result<T, BackendError> {
    let mut tries = 0;
    loop {
        let error = match attempt().await {
            Err(error) => error,
            done => return done,
        };
        let Some(wait) = wait_to_open(&error, tries) else {
            return Err(error);
        };
        tokio::time::sleep(wait).await;
        tries += 1;
    }
}

/// How long to wait before a service that failed to open is tried again; none where that is of no
/// use. What does not answer at all is not waited for: the address may be wrong.
fn wait_to_open(error: &BackendError, tries: u32) -> Option<Duration> {
    let answers = matches!(
        error,
        BackendError::Busy {
            status: Some(429 | 500..),
            ..
        }
    );
    let Remedy::Wait(after) = error.remedy() else {
        return None;
    };
    let is_patient = answers && tries < RETRIES && after <= Some(LONGEST_WAIT);
    is_patient.then(|| after.unwrap_or_else(|| wait(tries)))
}
