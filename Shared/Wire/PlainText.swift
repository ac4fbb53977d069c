// Wire · bytes · sees Contracts

/// What stands in a JSON string as it is meant: everything but control characters, quotation marks and backslashes.
enum PlainText {
    /// Where it ends, from `start` on. Most of a text is plain, so eight bytes are looked at together.
    static func end(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(text)
        var index = start
        while index &+ 8 <= text.count {
            let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if hasOther(eight) { break }
            index &+= 8
        }
        while index < text.count, text[index] >= 0x20, text[index] != 0x22, text[index] != 0x5C { index &+= 1 }
        return index
    }

    /// Whether one of eight bytes is something else. What is less than n gets its highest bit when n is taken away.
    @inline(__always)
    private static func hasOther(_ eight: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let (quote, slash) = (eight ^ (ones &* 0x22), eight ^ (ones &* 0x5C))
        let control = (eight &- ones &* 0x20) & ~eight
        let marks = ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash)
        return (control | marks) & (ones &* 0x80) != 0
    }
}
