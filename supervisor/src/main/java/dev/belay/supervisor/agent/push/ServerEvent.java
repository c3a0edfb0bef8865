package dev.belay.supervisor.agent.push;

/// One event of a server-sent event stream.
///
/// @param id the last event id in force when the event was dispatched, empty if there was none
/// @param type the event's type, `message` if the stream named none
/// @param data the lines of data, joined with newlines
record ServerEvent(String id, String type, String data) {}
