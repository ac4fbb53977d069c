// HTTPServerDriver · driver · sees Contracts, HTTP, Ports, Telemetry, Lanes, CHTTPServer
import Glibc

/// Opens what an answer sends. Only regular files: nothing else has an end, or opens without waiting.
enum OpenedFile {
    /// The descriptor, or nil when there is no such part of such a file. Whoever gets it closes it.
    static func open(_ path: String, offset: Int64, count: Int64) -> Int32? {
        let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        var facts = stat()
        guard unsafe fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, offset >= 0, count >= 0,
            offset <= facts.st_size, count <= Int64(facts.st_size) - offset
        else {
            close(file)
            return nil
        }
        return file
    }

    static func close(_ file: Int32) { _ = Glibc.close(file) }
}
