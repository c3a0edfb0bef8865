/// Starting and stopping the product, health probes and hooks; one class per external command.
@NullMarked
package dev.belay.supervisor.service;

import org.jspecify.annotations.NullMarked;
