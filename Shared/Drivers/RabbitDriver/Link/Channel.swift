// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Contracts
import Ports

/// One channel of an open connection. Answers come in the order of the questions.
final class Channel {
    typealias Answer = (Result<Word, BusFailure>) -> Void

    /// A message that has come whole.
    struct Content {
        let word: Word
        let properties: Properties
        let body: [UInt8]
    }

    let number: UInt16
    /// Deliveries and returns.
    var onContent: (Content) -> Void = { _ in }
    /// Confirms, and the consumer that was taken away.
    var onWord: (Word) -> Void = { _ in }
    /// The broker closed the channel, or the connection is gone. Called once, after all answers.
    var onClose: (BusFailure) -> Void = { _ in }

    private var answers: [Answer] = []
    private var coming: (word: Word, properties: Properties?)?
    private var body: [UInt8] = []

    init(_ number: UInt16) { self.number = number }

    func expect(_ answer: @escaping Answer) { answers.append(answer) }

    /// No question is open.
    var isQuiet: Bool { answers.isEmpty }

    func hear(_ word: Word) throws(FrameFault) {
        switch word {
        case .deliver, .returned:
            guard coming == nil else { throw FrameFault(description: "a message inside a message") }
            coming = (word, nil)
        case .ack, .nack, .cancel: onWord(word)
        default:
            guard !answers.isEmpty else { throw FrameFault(description: "an answer to no question: \(word)") }
            answers.removeFirst()(.success(word))
        }
    }

    func hear(_ properties: Properties) throws(FrameFault) {
        guard let coming, coming.properties == nil else { throw FrameFault(description: "a header out of turn") }
        self.coming = (coming.word, properties)
        body.reserveCapacity(properties.size)
        if properties.size == 0 { finish() }
    }

    func hear(_ part: UnsafeRawBufferPointer) throws(FrameFault) {
        guard let properties = coming?.properties, body.count + part.count <= properties.size else {
            throw FrameFault(description: "a body out of turn")
        }
        unsafe body.append(contentsOf: part)
        if body.count == properties.size { finish() }
    }

    func close(_ failure: BusFailure) {
        let open = answers
        answers = []
        for answer in open { answer(.failure(failure)) }
        let tell = onClose
        onClose = { _ in }
        tell(failure)
    }

    private func finish() {
        guard let (word, properties) = coming, let properties else { return }
        let content = Content(word: word, properties: properties, body: body)
        coming = nil
        body = []
        onContent(content)
    }
}
