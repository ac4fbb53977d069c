// AinerVoice · driver · sees Contracts, Wire
import Contracts
import Glibc

/// A private folder that lives only while the engine reads the voice from it.
enum VoiceFolder {
    /// The engine lower-cases the path it is given and keeps 59 bytes of it: hence a short relative name, and this program
    /// standing in the folder.
    static let name = "./voice"

    /// Runs `use` in a fresh folder that holds the voice file, and removes both, whatever happens.
    static func holding(_ voiceFile: String, _ use: () throws(Refusal) -> Void) throws(Refusal) {
        let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        guard let folder = fresh(under: base), unsafe chdir(folder) == 0 else {
            throw Refusal(.failed, "no private folder under \(base): errno \(errno)")
        }
        defer {
            unsafe unlink(name)
            unsafe rmdir(folder)
        }
        try write(voiceFile)
        try use()
    }

    private static func fresh(under base: String) -> String? {
        var path = Array("\(base)/ainer-voice-XXXXXX".utf8CString)
        return unsafe path.withUnsafeMutableBufferPointer { letters -> String? in
            guard let start = letters.baseAddress, unsafe mkdtemp(start) != nil else { return nil }
            return unsafe String(cString: start)
        }
    }

    private static func write(_ text: String) throws(Refusal) {
        guard let file = unsafe fopen(name, "w") else {
            throw Refusal(.failed, "the voice file cannot be written: errno \(errno)")
        }
        let bytes = Array(text.utf8)
        let written = unsafe fwrite(bytes, 1, bytes.count, file)
        guard unsafe fclose(file) == 0, written == bytes.count else {
            throw Refusal(.failed, "the voice file was not written whole: errno \(errno)")
        }
    }
}
