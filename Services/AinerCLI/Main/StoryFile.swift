// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation

/// The story somebody named on the command line.
struct StoryFile: Sendable {
    let path: String

    /// The file's name without its ending: what the outputs are called.
    var name: String {
        let base = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        return base.isEmpty || base == "-" || base.hasPrefix(".") ? "film" : base
    }

    func read() throws -> [UInt8] {
        let data: Data
        do {
            data =
                path == "-"
                ? FileHandle.standardInput.readDataToEndOfFile()
                : try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw Stop(
                .inputUnreadable, status: ExitCode.unreadable,
                "cannot read the story \(path): \(error.localizedDescription)\n"
                    + "give the path of a text or Markdown file, for example examples/lighthouse.md")
        }
        guard data.count <= 1 << 20 else {
            throw Stop(
                .inputUnreadable, status: ExitCode.unreadable,
                "\(path) has \(data.count) bytes; a story may have 1048576\ncut it into chapters")
        }
        return Array(data)
    }

    /// For a line that carries nothing but text.
    func text() throws -> String { try text(of: try read()) }

    func text(of bytes: [UInt8]) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Stop(
                .inputUnreadable, status: ExitCode.unreadable,
                "\(path) is not UTF-8\nconvert it: iconv -f latin1 -t utf-8 \(path)")
        }
        return text
    }
}
