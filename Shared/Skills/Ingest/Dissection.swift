// Ingest · pure · sees Contracts, Policies
import Contracts

/// One paragraph in segments: its sentences of narration, and what stands between quotation marks.
struct Dissection {
    private(set) var segments: [Segment] = []
    /// The last speech is not closed: the next paragraph goes on with it.
    let leavesQuoteOpen: Bool

    /// `continuing`: who speaks the speech that the paragraph before left open.
    init(paragraph: String, continuing speaker: String?, ordinal first: Int) {
        let quotations = Quotations(paragraph)
        leavesQuoteOpen = quotations.leavesOpen
        let spans = quotations.spans
        for (index, span) in spans.enumerated() {
            if span.isSpeech {
                let inherited = index == 0 ? speaker : nil
                append(
                    .speech, span.text, attribution: Self.attribution(of: index, in: spans) ?? inherited, from: first)
            } else {
                for sentence in Sentences.split(span.text) {
                    append(.narration, sentence, attribution: nil, from: first)
                }
            }
        }
    }

    private mutating func append(_ kind: Segment.Kind, _ text: String, attribution: String?, from first: Int) {
        segments.append(Segment(ordinal: first + segments.count, kind: kind, text: text, attribution: attribution))
    }

    /// What follows a quotation names its speaker before what leads up to it does; a broken speech shares its name.
    private static func attribution(of index: Int, in spans: [Quotations.Span]) -> String? {
        let stops = spans[index].text.last.map { ".。…".contains($0) } ?? false
        if index + 1 < spans.count, !spans[index + 1].isSpeech,
            let clause = Attribution.Clause(after: spans[index + 1].text, closedByStop: stops)
        {
            return clause.phrase
        }
        guard index > 0, !spans[index - 1].isSpeech else { return nil }
        if let clause = Attribution.Clause(before: spans[index - 1].text) { return clause.phrase }
        // "No," said Mira, "not yet.": what stands between belongs to both halves.
        guard index > 1, spans[index - 2].isSpeech else { return nil }
        let between = spans[index - 1].text
        let halfStops = spans[index - 2].text.last.map { ".。…".contains($0) } ?? false
        guard Sentences.split(between).count == 1 else { return nil }
        return Attribution.Clause(after: between, closedByStop: halfStops)?.phrase
    }
}
