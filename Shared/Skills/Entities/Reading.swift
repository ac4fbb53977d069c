// Entities · pure · sees Contracts, Policies, Ingest
package import Contracts
package import Ingest

/// A story read against its known people and places: who is named, who does what, who speaks, and where.
package struct Reading: Sendable {
    /// One segment, read.
    package struct Moment: Sendable {
        package var segment: Segment
        package var paragraph: Int
        /// The first segment of a paragraph that opens a scene.
        package var opensScene: Bool
        package var tokens: [Token]
        package var mentions: [Mention] = []
        package var deeds: [Deed] = []
        /// Who says it; nobody for narration and for words nobody can be found for.
        package var speaker: CharacterID?
        package var addressee: CharacterID?
        /// The verb of speech beside a quotation, and the words of its clause.
        package var attribution: Attribution.Clause?
        /// Narration that only names a speaker, next to what was said.
        package var isBareAttribution = false
        package var place: PlaceID?

        package var isSpeech: Bool { segment.kind == .speech }
    }

    package struct Mention: Hashable, Sendable {
        package enum Part: Hashable, Sendable {
            case subject
            case object
            case owner
            /// Thought of, or far away.
            case absent
        }

        package var who: CharacterID
        package var token: Int
        package var isPronoun: Bool
        package var part: Part
    }

    package struct Deed: Hashable, Sendable {
        package var who: [CharacterID]
        package var lemma: String
        package var verb: Verb
        package var token: Int
        /// "had gone", "did not let": told, not shown.
        package var isShown: Bool
    }

    package var moments: [Moment]

    package init(_ story: Story, people: [Person], places: [Place], knowing han: [String] = []) {
        let index = NameIndex(people)
        let labels = places.map(\.label).filter { $0.contains(where: Language.isHan) }
        let vocabulary = Han.vocabulary.adding(index.hanWords + han + labels)
        moments = []
        for paragraph in story.paragraphs {
            for (position, segment) in paragraph.segments.enumerated() {
                moments.append(
                    Moment(
                        segment: segment, paragraph: paragraph.ordinal,
                        opensScene: position == 0 && paragraph.opensScene,
                        tokens: Words.tokens(of: segment.text, knowing: vocabulary)))
            }
        }
        readAttributions()
        var reader = MentionReader(people: people, index: index)
        reader.read(&moments)
        Speakers(
            people: people, index: index, vocabulary: vocabulary,
            advised: AdvisedCast.speakers(story.advice, among: people)
        ).assign(&moments)
        markBareAttributions()
        PlaceReader(places: places).assign(&moments)
    }

    private mutating func readAttributions() {
        for position in moments.indices {
            guard let phrase = moments[position].segment.attribution else { continue }
            moments[position].attribution = Attribution.Clause(phrase: phrase)
        }
    }

    /// "said Mira" may go where the picture shows Mira speaking; "said a voice" is still needed.
    private mutating func markBareAttributions() {
        for position in moments.indices where !moments[position].isSpeech {
            let before = position > 0 ? moments[position - 1] : nil
            let after = position + 1 < moments.count ? moments[position + 1] : nil
            moments[position].isBareAttribution = Self.isBare(moments[position], after: before, before: after)
        }
    }

    private static func isBare(_ moment: Moment, after: Moment?, before: Moment?) -> Bool {
        if let after, isShown(after, beside: moment) {
            let stops = after.segment.text.last.map { ".。…".contains($0) } ?? false
            if let clause = Attribution.Clause(after: moment.segment.text, closedByStop: stops) { return clause.isBare }
        }
        if let before, isShown(before, beside: moment), let clause = Attribution.Clause(before: moment.segment.text) {
            return clause.isBare
        }
        return false
    }

    /// A quotation of the same paragraph that is attributed to somebody we know.
    private static func isShown(_ speech: Moment, beside moment: Moment) -> Bool {
        speech.isSpeech && speech.paragraph == moment.paragraph && speech.segment.attribution != nil
            && speech.speaker != nil
    }
}
