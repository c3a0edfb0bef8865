/// How sentences, moments and durations are written for people. Pure; JSON has its own forms.
@NullMarked
package dev.belay.supervisor.words;

import org.jspecify.annotations.NullMarked;
