// Sound · pure · sees Contracts, Policies

extension Wave {
    package enum Format: Sendable {
        /// 16 bits with a step of triangular dither: quiet ends fade into hiss instead of into steps.
        case integer
        /// As computed: for sound that will be worked on again.
        case float
    }

    private static let integerTag: UInt16 = 1
    private static let floatTag: UInt16 = 3
    private static let extensibleTag: UInt16 = 0xFFFE

    /// The whole file. Channels are cut to the shortest.
    package func encoded(_ format: Format) -> [UInt8] {
        let width = format == .float ? 4 : 2
        let stride = channels.count * width
        var bytes = ByteWriter(capacity: 44 + frames * stride)
        bytes.tag("RIFF")
        bytes.number(UInt32(clamping: 36 + frames * stride))
        bytes.tag("WAVE")
        bytes.tag("fmt ")
        bytes.number(UInt32(16))
        bytes.number(format == .float ? Self.floatTag : Self.integerTag)
        bytes.number(UInt16(clamping: channels.count))
        bytes.number(UInt32(clamping: sampleRate))
        bytes.number(UInt32(clamping: sampleRate * stride))
        bytes.number(UInt16(clamping: stride))
        bytes.number(UInt16(width * 8))
        bytes.tag("data")
        bytes.number(UInt32(clamping: frames * stride))
        switch format {
        case .float: appendFloats(to: &bytes)
        case .integer: appendIntegers(to: &bytes)
        }
        return bytes.bytes
    }

    private func appendFloats(to bytes: inout ByteWriter) {
        for frame in 0..<frames {
            for channel in channels { bytes.number(channel[frame].bitPattern) }
        }
    }

    private func appendIntegers(to bytes: inout ByteWriter) {
        var hiss = Hiss(1)
        for frame in 0..<frames {
            for channel in channels {
                let dithered = channel[frame] * 32_767 + (hiss.next() + hiss.next()) * 0.5
                let level = dithered.isFinite ? min(max(dithered.rounded(), -32_768), 32_767) : 0
                bytes.number(UInt16(bitPattern: Int16(level)))
            }
        }
    }

    /// Reads a file, or says what is wrong with it. Numbers in the file are never trusted further than its bytes.
    package static func decode(_ bytes: [UInt8]) throws(SoundFailure) -> Wave {
        let reader = ByteReader(bytes)
        guard reader.tag(at: 0) == "RIFF", reader.tag(at: 8) == "WAVE" else {
            throw SoundFailure(.unreadable, "\(bytes.count) bytes that are not a WAVE file")
        }
        var shape: Shape?
        var at = 12
        while let tag = reader.tag(at: at), let size = reader.number(UInt32.self, at: at + 4) {
            let body = at + 8
            switch tag {
            case "fmt ": shape = try Shape(reader, at: body, size: Int(size))
            case "data":
                guard let shape else { throw SoundFailure(.unreadable, "the sound comes before its format") }
                // A writer to a pipe cannot know the size and writes the largest number: then the file's end is the end.
                let end = min(bytes.count, body + Int(size))
                return shape.samples(of: reader, in: body..<end)
            default: break
            }
            at = body + Int(size) + Int(size % 2)
        }
        throw SoundFailure(.truncated, "no sound in \(bytes.count) bytes of WAVE file")
    }

    /// The file's own word on how its samples are laid.
    private struct Shape {
        let isFloat: Bool
        let channels: Int
        let sampleRate: Int

        init(_ reader: ByteReader, at start: Int, size: Int) throws(SoundFailure) {
            guard size >= 16, var tag = reader.number(UInt16.self, at: start),
                let channels = reader.number(UInt16.self, at: start + 2),
                let rate = reader.number(UInt32.self, at: start + 4),
                let bits = reader.number(UInt16.self, at: start + 14)
            else {
                throw SoundFailure(.truncated, "the format of the WAVE file is cut off")
            }
            if tag == Wave.extensibleTag, let inner = reader.number(UInt16.self, at: start + 24) { tag = inner }
            let isFloat = tag == Wave.floatTag && bits == 32
            guard isFloat || (tag == Wave.integerTag && bits == 16), (1...2).contains(channels),
                (1...768_000).contains(rate)
            else {
                throw SoundFailure(
                    .unreadable,
                    "WAVE of format \(tag), \(bits) bits, \(channels) channels at \(rate) Hz is not read here")
            }
            self.isFloat = isFloat
            self.channels = Int(channels)
            sampleRate = Int(rate)
        }

        func samples(of reader: ByteReader, in range: Range<Int>) -> Wave {
            let width = isFloat ? 4 : 2
            let frames = range.count / (width * channels)
            let lanes = (0..<channels).map { channel in
                (0..<frames).map { frame in
                    value(of: reader, at: range.lowerBound + (frame * channels + channel) * width)
                }
            }
            return Wave(sampleRate: sampleRate, channels: lanes)
        }

        /// A float that is not a number is silence: one such sample would spread through every filter.
        private func value(of reader: ByteReader, at place: Int) -> Float {
            if isFloat {
                let value = reader.number(UInt32.self, at: place).map { Float(bitPattern: $0) } ?? 0
                return value.isFinite ? value : 0
            }
            return Float(Int16(bitPattern: reader.number(UInt16.self, at: place) ?? 0)) / 32_768
        }
    }
}
