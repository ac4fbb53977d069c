// Sound · pure · sees Contracts, Policies

/// Text on its way to the voice: its scalars, and where each came from in the line as written.
struct SpokenText: Hashable {
    private(set) var scalars: [Unicode.Scalar] = []
    /// For each scalar, the written scalars it stands for: one, or all figures of a number.
    private(set) var sources: [Range<Int>] = []

    var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// False for text of nothing but marks and spaces: there is nothing to say.
    var isSpeakable: Bool { scalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil } }

    mutating func append(_ scalar: Unicode.Scalar, from source: Range<Int>) {
        scalars.append(scalar)
        sources.append(source)
    }

    mutating func append(_ word: String, from source: Range<Int>) {
        for scalar in word.unicodeScalars { append(scalar, from: source) }
    }
}
