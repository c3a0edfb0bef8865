/// Routes, authentication, and errors as `{kind, message, help}`.
@NullMarked
package dev.belay.server.http;

import org.jspecify.annotations.NullMarked;
