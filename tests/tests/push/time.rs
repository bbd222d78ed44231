//! Message push and time: pings, timeouts, waits. The time is tokio's, and paused.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use suning_api::Credentials;
use suning_api::mock::{Gateway, PushFault, in_process};
use suning_api::push::{Connect, Connecting, Subscriber, SubscriberBuilder};
use tests::push::{Disturbance, Tap};
use tokio::time::{Instant, sleep, timeout};

const HOUR: Duration = Duration::from_secs(3600);

/// Errors, with the second of each.
type Errors = Arc<Mutex<Vec<(u64, String)>>>;

/// A gateway as a connector that a tap can own.
#[derive(Debug)]
struct Shared(Arc<Gateway>);

impl Connect for Shared {
    fn connect(&self, url: http::Uri) -> Connecting<'_> {
        self.0.connect(url)
    }
}

/// A subscriber of a gateway in the same process, whose waits have their maximum, and the errors it recovers from.
fn tapped(plan: &[Disturbance]) -> (Arc<Gateway>, SubscriberBuilder, Arc<Tap<Shared>>, Errors) {
    let (_, gateway) = in_process();
    let tap = Tap::new(Shared(Arc::clone(&gateway)), plan.iter().copied());
    let (errors, start) = (Arc::new(Mutex::new(Vec::new())), Instant::now());
    let reported = Arc::clone(&errors);
    let builder =
        gateway.subscriber().random(|| 1.0).connector(Arc::<Tap<Shared>>::clone(&tap)).on_error(move |error| {
            reported.lock().expect("errors").push((start.elapsed().as_secs(), error.to_string()));
        });
    (gateway, builder, tap, errors)
}

async fn acknowledge_next(subscriber: &mut Subscriber) -> String {
    let delivery = subscriber.try_next().await.expect("no error").expect("a delivery");
    let id = delivery.id().to_owned();
    delivery.ack().await.expect("an acknowledgement");
    id
}

#[tokio::test(start_paused = true)]
async fn pings_keep_an_idle_connection() {
    let (gateway, builder, tap, _) = tapped(&[]);
    let mut subscriber = builder.subscribe().expect("a subscriber");
    timeout(Duration::from_secs(1), subscriber.try_next()).await.expect_err("there is no message");
    let handshake = tap.read();
    timeout(HOUR, subscriber.try_next()).await.expect_err("there is no message");
    // A pong is two bytes. There is one every 30 seconds.
    assert_eq!((tap.connections(), tap.read() - handshake), (1, 2 * 120));
    let id = gateway.push("topic", "1", "{}");
    assert_eq!(acknowledge_next(&mut subscriber).await, id);
    assert_eq!(gateway.acknowledged(), [id]);
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_is_busy_for_an_hour_keeps_its_connection() {
    let (gateway, builder, tap, errors) = tapped(&[]);
    let ids: Vec<_> = (0..100).map(|_| gateway.push("topic", "1", "{}")).collect();
    let mut subscriber = builder.buffer(1).subscribe().expect("a subscriber");
    let held = subscriber.try_next().await.expect("no error").expect("a delivery");
    sleep(HOUR).await;
    held.ack().await.expect("an acknowledgement");
    for id in &ids[1..] {
        assert_eq!(acknowledge_next(&mut subscriber).await, *id);
    }
    assert_eq!((tap.connections(), errors.lock().expect("errors").len()), (1, 0));
    subscriber.close().await.expect("no error");
    // The gateway has repeated messages meanwhile, which were acknowledged again.
    assert_eq!(gateway.acknowledged()[..100], ids);
}

#[tokio::test(start_paused = true)]
async fn a_connection_without_pongs_is_replaced() {
    // The answer to the handshake, and part of the message.
    let (gateway, builder, tap, errors) = tapped(&[Disturbance::Freeze(250)]);
    let id = gateway.push("topic", "1", "{}");
    let mut subscriber = builder.subscribe().expect("a subscriber");
    assert_eq!(acknowledge_next(&mut subscriber).await, id);
    assert_eq!(*errors.lock().expect("errors"), [(40, "timeout while waiting for the gateway".to_owned())]);
    assert_eq!(tap.connections(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_message_whose_acknowledgement_is_lost_is_acknowledged_again_but_not_delivered_again() {
    let (gateway, builder, tap, errors) = tapped(&[Disturbance::Mute]);
    let id = gateway.push("topic", "1", "{}");
    let mut subscriber = builder.subscribe().expect("a subscriber");
    assert_eq!(acknowledge_next(&mut subscriber).await, id);
    assert!(gateway.acknowledged().is_empty());
    gateway.cut();
    timeout(HOUR, subscriber.try_next()).await.expect_err("there is no other message");
    assert_eq!((tap.connections(), errors.lock().expect("errors").len()), (2, 1));
    assert_eq!(gateway.acknowledged(), [id]);
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_is_garbled_from_any_byte_loses_and_repeats_nothing() {
    let mut replaced = 0;
    for after in 0..600 {
        let (gateway, builder, tap, _) = tapped(&[Disturbance::Garble(after)]);
        let ids = ["1", "2"].map(|user| gateway.push("topic", user, "{}"));
        let mut subscriber = builder.subscribe().expect("a subscriber");
        let mut delivered = [acknowledge_next(&mut subscriber).await, acknowledge_next(&mut subscriber).await];
        delivered.sort();
        assert_eq!(delivered, ids, "after {after} bytes");
        timeout(HOUR, subscriber.try_next()).await.expect_err("there is no other message");
        let mut acknowledged = gateway.acknowledged();
        acknowledged.sort();
        // One that was not sent yet is sent once more when its message comes again.
        acknowledged.dedup();
        assert_eq!(acknowledged, ids, "after {after} bytes");
        replaced += tap.connections() - 1;
    }
    assert!(replaced >= 600, "{replaced}");
}

#[tokio::test(start_paused = true)]
async fn a_handshake_without_an_answer_is_tried_again() {
    let (gateway, builder, tap, errors) = tapped(&[]);
    gateway.push_fault(PushFault::Stalled);
    let id = gateway.push("topic", "1", "{}");
    let mut subscriber = builder.subscribe().expect("a subscriber");
    assert_eq!(acknowledge_next(&mut subscriber).await, id);
    assert_eq!(*errors.lock().expect("errors"), [(10, "timeout while waiting for the gateway".to_owned())]);
    assert_eq!(tap.connections(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_message_that_is_dropped_comes_again_over_the_same_connection() {
    let (gateway, builder, tap, _) = tapped(&[]);
    let id = gateway.push("topic", "1", "{}");
    let mut subscriber = builder.subscribe().expect("a subscriber");
    let start = Instant::now();
    drop(subscriber.try_next().await.expect("no error").expect("a delivery"));
    assert_eq!(acknowledge_next(&mut subscriber).await, id);
    assert_eq!((start.elapsed().as_secs(), tap.connections()), (30, 1));
    assert_eq!(gateway.acknowledged(), [id]);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_down_for_an_hour_is_tried_once_a_minute() {
    let (gateway, builder, tap, _) = tapped(&[Disturbance::Refused; 1000]);
    gateway.push("topic", "1", "{}");
    let mut subscriber = builder.subscribe().expect("a subscriber");
    timeout(HOUR, subscriber.try_next()).await.expect_err("there is no server");
    // After 1 + 2 + 4 + 8 + 16 + 32 seconds, one in each minute.
    assert_eq!(tap.connections(), 65);
    assert!(gateway.acknowledged().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_has_answered_a_ping_starts_the_count_again() {
    let (gateway, builder, _, errors) = tapped(&[Disturbance::Refused; 3]);
    let mut subscriber = builder.subscribe().expect("a subscriber");
    let cutting = async {
        // Connected after 1 + 2 + 4 seconds; cut before the first ping, connected 8 seconds later, cut after it.
        sleep(Duration::from_secs(27)).await;
        gateway.cut();
        sleep(Duration::from_secs(100)).await;
        gateway.cut();
        sleep(Duration::from_secs(2)).await;
        gateway.push("topic", "1", "{}");
        std::future::pending::<()>().await;
    };
    tokio::select! {
        _ = acknowledge_next(&mut subscriber) => {}
        () = cutting => {}
    }
    let times: Vec<_> = errors.lock().expect("errors").iter().map(|(second, _)| *second).collect();
    assert_eq!(times, [0, 1, 3, 27, 127]);
    assert_eq!(gateway.acknowledged().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn closing_does_not_wait_for_a_server_that_is_down() {
    let (_, builder, tap, errors) = tapped(&[Disturbance::Refused; 1000]);
    let subscriber = builder.subscribe().expect("a subscriber");
    sleep(Duration::from_secs(100)).await;
    let start = Instant::now();
    subscriber.close().await.expect("nothing is left to acknowledge");
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert_eq!((tap.connections(), errors.lock().expect("errors").len()), (7, 7));
}

#[tokio::test(start_paused = true)]
async fn a_limited_number_of_attempts_ends_the_stream_with_the_last_error() {
    let (_, builder, tap, errors) = tapped(&[Disturbance::Refused; 1000]);
    let policy = suning_api::RetryPolicy::default().max_attempts(4);
    let mut subscriber = builder.reconnect(policy).subscribe().expect("a subscriber");
    let error = subscriber.try_next().await.expect_err("no server");
    assert_eq!(error.to_string(), "no connection to the gateway");
    assert!(subscriber.try_next().await.expect("the end").is_none());
    assert_eq!((tap.connections(), errors.lock().expect("errors").len()), (4, 3));
}

#[tokio::test(start_paused = true)]
async fn a_subscriber_with_a_wrong_secret_is_refused_in_the_same_process() {
    let (_, gateway) = in_process();
    let wrong = Subscriber::builder(Credentials::new("mock-app-key", "other"), "ws://mock/websocket");
    let mut subscriber = wrong.connector(gateway).subscribe().expect("a subscriber");
    let error = subscriber.try_next().await.expect_err("refused");
    assert_eq!(error.to_string(), "the server refused the subscription: wrong sign");
}
