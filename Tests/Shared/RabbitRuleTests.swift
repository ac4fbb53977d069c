// SharedTests · tests · sees Ports, Policies, RabbitDriver
import Policies
import Ports
import RabbitDriver
import Testing

@Suite("The rules of the broker's driver")
struct RabbitRuleTests {
    @Test("hand out each letter once, however the broker counts its confirms", arguments: 0..<20)
    func confirms(seed: UInt64) {
        var dice = Dice(seed, "confirms")
        var confirms = Confirms<Int>()
        var (sent, settled): (Int, [Int]) = (0, [])
        for _ in 0..<3000 {
            if dice.next() < 0.6 {
                confirms.sent(sent)
                sent += 1
            } else {
                // Numbers from 1; some were answered before, some were never sent.
                let number = UInt64(max(1, dice.between(sent - 40, sent + 2)))
                settled += confirms.settle(number, isMultiple: dice.next() < 0.3)
            }
            #expect(confirms.count == sent - settled.count)
        }
        let unknown = confirms.abandon()
        #expect(unknown == unknown.sorted(), "in the order it was sent")
        #expect((settled + unknown).sorted() == Array(0..<sent))
        confirms.sent(7)
        settled += confirms.settle(1, isMultiple: false)
        #expect(settled.last == 7, "a new channel counts from 1")
    }

    @Test(
        "tell the broker of every settled delivery once, and of many at once only when nothing below is open",
        arguments: 0..<20)
    func unsettled(seed: UInt64) {
        var dice = Dice(seed, "unsettled")
        var unsettled = Unsettled()
        var (last, open, told): (UInt64, Set<UInt64>, Set<UInt64>) = (0, [], [])
        for _ in 0..<2000 {
            if dice.next() < 0.5 {
                last += 1
                unsettled.delivered(last)
                open.insert(last)
            } else {
                let numbers = (0..<dice.between(1, 6)).map { _ in
                    UInt64(max(1, dice.between(Int(last) - 12, Int(last))))
                }
                let mine = Set(numbers).intersection(open)
                open.subtract(mine)
                var covered: Set<UInt64> = []
                for ack in unsettled.settle(numbers) {
                    let range = ack.isMultiple ? 1...ack.number : ack.number...ack.number
                    #expect(open.isDisjoint(with: range), "\(ack) would settle what is open")
                    #expect(!told.contains(ack.number), "the broker knows \(ack.number) no more")
                    covered.formUnion(range)
                }
                #expect(mine.isSubset(of: covered))
                told.formUnion(mine)
            }
            #expect(unsettled.open == open.count)
        }
        #expect(Set(unsettled.all) == open)
    }

    @Test("ask for no more than both sides can, and say which of the three words the broker disliked")
    func handshake() throws {
        var handshake = Handshake(to: try BrokerAddress("amqp://anna:pw@h/films"))
        #expect(handshake.hear(.start(mechanisms: "AMQPLAIN PLAIN")) == .introduce)
        #expect(handshake.endMeans.contains("anna"))
        let terms = Handshake.Terms(channels: 2047, largestFrame: 131_072, heartbeat: 10)
        #expect(handshake.hear(.tune(channels: 0, largestFrame: 0, heartbeat: 60)) == .accept(terms))
        #expect(handshake.endMeans.contains("films"))
        #expect(handshake.hear(.openOK) == .open(terms))
        var other = Handshake(to: try BrokerAddress("amqp://h"))
        guard case .fail(.refused, let cause) = other.hear(.start(mechanisms: "EXTERNAL")) else {
            Issue.record("a broker that takes no password was accepted")
            return
        }
        #expect(cause.contains("PLAIN"))
        guard case .fail(.unreachable, _) = other.hear(.openOK) else {
            Issue.record("a word out of turn was accepted")
            return
        }
    }
}
