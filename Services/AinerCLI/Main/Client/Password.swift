// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation

/// Words that a person types, or a script pipes in.
enum Typed {
    static func email() throws -> String {
        ask("e-mail: ")
        return try line(of: "an e-mail address")
    }

    /// Not shown while it is typed.
    static func password() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else { return try line(of: "a password") }
        ask("password: ")
        var shown = termios()
        tcgetattr(STDIN_FILENO, &shown)
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        return try line(of: "a password")
    }

    /// Asked beside the output, which may go into a file.
    private static func ask(_ words: String) {
        guard isatty(STDIN_FILENO) == 1 else { return }
        FileHandle.standardError.write(Data(words.utf8))
    }

    private static func line(of what: String) throws -> String {
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw Stop(.commandLine, status: ExitCode.usage, "login needs \(what), one line of standard input")
        }
        return line
    }
}
