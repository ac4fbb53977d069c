// AinerVoice · wiring · sees Contracts, Wire
import Glibc

// Whoever asked may be gone: a line takes milliseconds, so nothing of this program is worth half a minute.
alarm(30)

/// One question, one answer, and out. Leaving by `exit` is a must: the engine hangs in its own `espeak_Terminate`.
switch CommandLine.arguments.dropFirst().first {
case nil: exit(Counter.serve())
case "--version": exit(Counter.version())
case "--health": exit(Counter.health())
case let word?:
    Pipe.complain(
        "ainer-voice: \"\(word)\" is not known. It takes --health, --version, or one line of JSON on its input.")
    exit(2)
}
