// DoorTests · tests · sees Telemetry
import Telemetry
import Testing

@Suite("The numbers of a process")
struct MetricsTests {
    @Test("are read as Prometheus wants them, in a fixed order")
    func text() {
        let metrics = Metrics()
        let results = metrics.counter("ainer_job_result_total", "Ended jobs.", labels: ["job_type", "status"])
        results.add(1, "render", "succeeded")
        results.add(2, "audio", "failed")
        results.add(1, "render", "succeeded")
        results.add(-5, "render", "succeeded")
        let depth = metrics.gauge("ainer_queue_depth", "Letters that wait.", labels: ["topic"])
        depth.set(3.5, "a\"b\\c\nd")
        let idle = metrics.gauge("ainer_idle", "Nothing yet; a \\ and a\nbreak.")
        let latency = metrics.histogram("ainer_wait_seconds", "Waiting.", bounds: [1, 0.1])
        for value in [0.05, 0.1, 0.5, 7, .nan] { latency.observe(value) }
        metrics.beforeReading { idle.set(.infinity) }
        #expect(
            metrics.text() == #"""
                # HELP ainer_idle Nothing yet; a \\ and a\nbreak.
                # TYPE ainer_idle gauge
                ainer_idle +Inf
                # HELP ainer_job_result_total Ended jobs.
                # TYPE ainer_job_result_total counter
                ainer_job_result_total{job_type="audio",status="failed"} 2
                ainer_job_result_total{job_type="render",status="succeeded"} 2
                # HELP ainer_queue_depth Letters that wait.
                # TYPE ainer_queue_depth gauge
                ainer_queue_depth{topic="a\"b\\c\nd"} 3.5
                # HELP ainer_wait_seconds Waiting.
                # TYPE ainer_wait_seconds histogram
                ainer_wait_seconds_bucket{le="0.1"} 2
                ainer_wait_seconds_bucket{le="1"} 3
                ainer_wait_seconds_bucket{le="+Inf"} 4
                ainer_wait_seconds_sum 7.65
                ainer_wait_seconds_count 4

                """#)
    }

    @Test("stay bounded, whatever is put into a label")
    func bounded() {
        let counter = Metrics().counter("ainer_paths_total", "Paths.", labels: ["path"])
        for number in 0..<5000 { counter.add(1, "/\(number)") }
        #expect(counter.value("/999") == 1)
        #expect(counter.value("/1000") == 0)
        #expect(counter.value("other") == 4000)
    }

    @Test("count right when many count at once")
    func race() async {
        let metrics = Metrics()
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    let counter = metrics.counter("ainer_all_total", "All.", labels: ["who"])
                    let sizes = metrics.histogram("ainer_sizes", "Sizes.", bounds: [1])
                    for _ in 0..<1000 {
                        counter.add(1, "me")
                        sizes.observe(0.5)
                    }
                }
            }
        }
        #expect(metrics.counter("ainer_all_total", "All.", labels: ["who"]).value("me") == 8000)
        #expect(metrics.histogram("ainer_sizes", "Sizes.", bounds: [1]).count() == 8000)
    }
}
