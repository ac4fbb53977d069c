// Sound · pure · sees Contracts, Policies

/// Sound in RIFF/WAVE bytes: 16-bit or 32-bit float samples, one channel or two.
package struct Wave: Hashable, Sendable {
    package var sampleRate: Int
    /// One array a channel, all of one length; full scale is 1.
    package var channels: [[Float]]

    package init(sampleRate: Int, channels: [[Float]]) {
        self.sampleRate = sampleRate
        self.channels = channels
    }

    package var frames: Int { channels.map(\.count).min() ?? 0 }

    /// Little-endian 16-bit samples; half a sample at the end is left.
    static func integers(_ bytes: some Collection<UInt8>) -> [Int16] {
        var samples: [Int16] = []
        samples.reserveCapacity(bytes.count / 2)
        var low: UInt8?
        for byte in bytes {
            if let first = low {
                samples.append(Int16(bitPattern: UInt16(first) | UInt16(byte) << 8))
                low = nil
            } else {
                low = byte
            }
        }
        return samples
    }
}
