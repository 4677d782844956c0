// Many signals, many deaths and many cameras across processes.
#include <gtest/gtest.h>
#include <windows.h>

#include <mfapi.h>
#include <psapi.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "frame_server_fixture.h"

namespace mfvcam::tests {
namespace {

// As often as MFVCAM_KILLS says, where there is more time.
int kills() {
    constexpr int few = 30;
    std::array<char, 16> text{};
    const DWORD length =
        GetEnvironmentVariableA("MFVCAM_KILLS", text.data(), static_cast<DWORD>(text.size()));
    return length == 0 ? few : static_cast<int>(std::strtol(text.data(), nullptr, 10));
}

// ---- Signals ------------------------------------------------------------------------------------

class FrameServerSignals : public FrameServer {
 protected:
    static constexpr UINT64 kSignals = 100'000;
    static constexpr std::size_t kRegistrations = 1'000;

    void SetUp() override { camera_ = started(); }
    void TearDown() override {
        for (const ComPtr<IMFCameraSyncObject>& object : objects_) {
            object->Shutdown();
        }
    }

    // Until the camera has signalled so often; all of the last frame's signals have been given.
    UINT64 signal() {
        ComPtr<IMFSourceReader> reader;
        EXPECT_EQ(open_reader(camera_.get(), reader), S_OK);
        UINT64 signals = 0;
        while (signals < kSignals && !HasFailure()) {
            ComPtr<IMFSample> sample;
            EXPECT_EQ(read_frame(reader.get(), sample), S_OK);
            signals = counters(camera_).signals[MFVCAM_EVENT_FRAME_DELIVERED];
        }
        EXPECT_EQ(reader->Flush(static_cast<DWORD>(MF_SOURCE_READER_ALL_STREAMS)), S_OK);
        reader.reset();
        // A frame under way may have been signalled to some by now.
        EXPECT_TRUE(eventually([&] {
            const UINT64 before = signals;
            signals = counters(camera_).signals[MFVCAM_EVENT_FRAME_DELIVERED];
            return before == signals && signals % kRegistrations == 0;
        }));
        return signals;
    }

    ComPtr<IMFVirtualCamera> camera_;
    std::vector<ComPtr<IMFCameraSyncObject>> objects_{kRegistrations};
};

TEST_F(FrameServerSignals, ASemaphoreCountsEachOfAHundredThousand) {
    const Handle semaphore(CreateSemaphoreW(nullptr, 0, 0x7FFFFFFF, nullptr));
    for (ComPtr<IMFCameraSyncObject>& object : objects_) {
        ASSERT_EQ(create_sync_semaphore(camera_.get(), MFVCAM_EVENT_FRAME_DELIVERED,
                                        semaphore.get(), object),
                  S_OK);
    }
    std::atomic<UINT64> expected{~UINT64{0}};
    std::atomic<UINT64> woken{0};
    std::thread waiter([&] {
        while (woken < expected) {
            if (WaitForSingleObject(semaphore.get(), 10) == WAIT_OBJECT_0) {
                ++woken;
            }
        }
    });
    expected = signal();
    EXPECT_LE(kSignals, expected);
    EXPECT_TRUE(eventually([&] { return woken >= expected; }));
    if (woken < expected) {
        expected = 0;
    }
    waiter.join();
    EXPECT_EQ(woken, counters(camera_).signals[MFVCAM_EVENT_FRAME_DELIVERED]);
    EXPECT_EQ(WaitForSingleObject(semaphore.get(), 0), static_cast<DWORD>(WAIT_TIMEOUT));
}

TEST_F(FrameServerSignals, AnAutoResetEventIsSetAfterTheLastOfAHundredThousand) {
    const Event event;
    for (ComPtr<IMFCameraSyncObject>& object : objects_) {
        object = sync(camera_, MFVCAM_EVENT_FRAME_DELIVERED, event.get());
        ASSERT_TRUE(object);
    }
    std::atomic<bool> done{false};
    std::atomic<LONGLONG> last_wake{0};
    std::atomic<UINT64> woken{0};
    std::thread waiter([&] {
        while (!done) {
            if (WaitForSingleObject(event.get(), 10) == WAIT_OBJECT_0) {
                last_wake = MFGetSystemTime();
                ++woken;
            }
        }
    });
    const UINT64 signals = signal();
    const LONGLONG last_signal = counters(camera_).last_signal_time[MFVCAM_EVENT_FRAME_DELIVERED];
    EXPECT_TRUE(eventually([&] { return last_wake >= last_signal; }));
    done = true;
    waiter.join();
    EXPECT_LE(kSignals, signals);
    EXPECT_LE(woken, signals);
    EXPECT_LE(1U, woken);
}

// ---- Deaths -------------------------------------------------------------------------------------

class FrameServerKills : public FrameServer {
 protected:
    FrameServerKills() : random_(seed()) {}

    static unsigned seed() {
        const unsigned seed = std::random_device()();
        RecordProperty("seed", std::to_string(seed));
        static_cast<void>(std::printf("seed %u\n", seed));
        return seed;
    }

    // At any point between its start and its daily work.
    void kill_somewhen(const wchar_t* mode) {
        const Program program(mode, L"shared");
        Sleep(std::uniform_int_distribution<DWORD>(0, 150)(random_));
        program.kill();
    }

    // Somebody who is not concerned.
    static void expect_works(const ComPtr<IMFVirtualCamera>& camera) {
        const Event event;
        const ComPtr<IMFCameraSyncObject> object = sync(camera, MFVCAM_EVENT_PING, event.get());
        ASSERT_TRUE(object);
        EXPECT_EQ(object->WaitOnSignal(kPatience), S_OK);
        object->Shutdown();
    }

    std::minstd_rand random_;
};

TEST_F(FrameServerKills, OfClientsAndConsumersHarmNobodyElse) {
    ComPtr<IMFVirtualCamera> camera = started(L"shared");
    ComPtr<IMFSourceReader> reader;
    ASSERT_EQ(open_reader(camera.get(), reader), S_OK);
    const DWORD host = host_of(camera);
    const Handle process = opened_host(camera);
    std::size_t ours = 0;
    std::size_t theirs = 0;
    const int rounds = kills();
    for (int round = 0; round < rounds && !HasFailure(); ++round) {
        kill_somewhen(L"sync");
        kill_somewhen(L"read");
        expect_works(camera);
        ComPtr<IMFSample> sample;
        EXPECT_EQ(read_frame(reader.get(), sample), S_OK);
        if (round == rounds / 3) {
            ours = process_handle_count();
            theirs = process_handle_count(host);
        }
    }
    EXPECT_EQ(host_of(camera), host);
    // A connection or a thread more or less.
    constexpr std::size_t slack = 8;
    EXPECT_TRUE(eventually([&] { return process_handle_count(host) <= theirs + slack; }))
        << process_handle_count(host) << " after " << theirs;
    EXPECT_TRUE(eventually([&] { return process_handle_count() <= ours + slack; }))
        << process_handle_count() << " after " << ours;
    EXPECT_EQ(reader->Flush(static_cast<DWORD>(MF_SOURCE_READER_ALL_STREAMS)), S_OK);
    reader.reset();
    camera.reset();
    EXPECT_EQ(WaitForSingleObject(process.get(), kPatience), WAIT_OBJECT_0);
}

TEST_F(FrameServerKills, OfTheHostAreToldAndTheNextCameraWorks) {
    std::size_t ours = 0;
    const int rounds = kills();
    for (int round = 0; round < rounds && !HasFailure(); ++round) {
        ComPtr<Errors> errors;
        errors.attach(new Errors);
        const ComPtr<IMFVirtualCamera> camera = started(L"shared", errors.get());
        const Event event;
        const ComPtr<IMFCameraSyncObject> object = sync(camera, MFVCAM_EVENT_PING, event.get());
        ComPtr<IMFMediaSource> source;
        ComPtr<IMFMediaStream> stream;
        ASSERT_EQ(camera->GetMediaSource(source.put()), S_OK);
        ASSERT_EQ(open_stream(source.get(), stream), S_OK);
        const Handle host = opened_host(camera);
        std::atomic<HRESULT> read{S_OK};
        std::thread consumer([&] {
            while (SUCCEEDED(read.load())) {
                read = next_frame(stream.get());
            }
        });
        Sleep(std::uniform_int_distribution<DWORD>(0, 60)(random_));
        EXPECT_NE(TerminateProcess(host.get(), kKilled), FALSE);
        EXPECT_EQ(errors->wait(), kHostDied);
        consumer.join();
        // As the call under way says it, or the event that ends it.
        EXPECT_TRUE(read == MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED || read == kHostDied)
            << std::hex << read.load();
        source->Shutdown();
        if (object) {
            object->Shutdown();
        }
        EXPECT_EQ(camera->Start(nullptr), S_OK);
        expect_works(camera);
        if (round == rounds / 3) {
            ours = process_handle_count();
        }
    }
    constexpr std::size_t slack = 8;
    EXPECT_TRUE(eventually([&] { return process_handle_count() <= ours + slack; }))
        << process_handle_count() << " after " << ours;
}

// ---- Numbers ------------------------------------------------------------------------------------

class FrameServerScale : public FrameServer {
 protected:
    static std::size_t memory_of(DWORD process_id) {
        const Handle process(OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, process_id));
        PROCESS_MEMORY_COUNTERS counters{};
        counters.cb = sizeof(counters);
        EXPECT_NE(GetProcessMemoryInfo(process.get(), &counters, sizeof(counters)), FALSE);
        return counters.PagefileUsage;
    }

    // A quarter after the other; what the second half adds is not much more than the first did.
    static void expect_linear(const char* what, std::size_t all,
                              const std::function<void(std::size_t)>& add_one, DWORD process_id) {
        std::array<std::size_t, 5> memory{memory_of(process_id)};
        for (std::size_t quarter = 1; quarter < memory.size(); ++quarter) {
            for (std::size_t count = 0; count < all / 4; ++count) {
                add_one((quarter - 1) * (all / 4) + count);
            }
            memory[quarter] = memory_of(process_id);
            static_cast<void>(std::printf("%zu %s: %zu KiB in the host\n", quarter * (all / 4),
                                          what, memory[quarter] / 1024));
        }
        constexpr std::size_t slack = std::size_t{1} << 20;
        const std::size_t first = std::max(memory[2], memory[0]) - memory[0];
        const std::size_t second = std::max(memory[4], memory[2]) - memory[2];
        EXPECT_LE(second, 2 * first + slack);
    }
};

TEST_F(FrameServerScale, FourThousandRegistrationsOnOneCamera) {
    constexpr std::size_t kAll = 4'096;
    const ComPtr<IMFVirtualCamera> camera = started();
    std::vector<std::unique_ptr<Event>> events(kAll);
    std::vector<ComPtr<IMFCameraSyncObject>> objects(kAll);
    expect_linear(
        "registrations", kAll,
        [&](std::size_t index) {
            events[index] = std::make_unique<Event>();
            objects[index] = sync(camera, MFVCAM_EVENT_FRAME_DELIVERED, events[index]->get());
        },
        host_of(camera));
    ASSERT_FALSE(HasFailure());
    ComPtr<IMFSourceReader> reader;
    ComPtr<IMFSample> sample;
    ASSERT_EQ(open_reader(camera.get(), reader), S_OK);
    ASSERT_EQ(read_frame(reader.get(), sample), S_OK);
    for (const std::unique_ptr<Event>& event : events) {
        ASSERT_EQ(WaitForSingleObject(event->get(), kPatience), WAIT_OBJECT_0);
    }
    for (const ComPtr<IMFCameraSyncObject>& object : objects) {
        object->Shutdown();
    }
}

TEST_F(FrameServerScale, OneRegistrationTooManyIsRefusedAndHarmsNoOther) {
    constexpr std::size_t kAll = 16'384;
    const ComPtr<IMFVirtualCamera> camera = started();
    const Event event;
    std::vector<ComPtr<IMFCameraSyncObject>> objects(kAll);
    for (ComPtr<IMFCameraSyncObject>& object : objects) {
        object = sync(camera, MFVCAM_EVENT_FRAME_DELIVERED, event.get());
        ASSERT_TRUE(object);
    }
    ComPtr<IMFCameraSyncObject> refused;
    EXPECT_EQ(create_sync_event(camera.get(), MFVCAM_EVENT_FRAME_DELIVERED, event.get(), refused),
              HRESULT_FROM_WIN32(ERROR_NO_SYSTEM_RESOURCES));
    EXPECT_FALSE(refused);
    const ComPtr<IMFVirtualCamera> another = started(L"another");
    EXPECT_TRUE(sync(another, MFVCAM_EVENT_FRAME_DELIVERED, event.get()));
    objects.back()->Shutdown();
    objects.back() = sync(camera, MFVCAM_EVENT_FRAME_DELIVERED, event.get());
    ASSERT_TRUE(objects.back());
    ComPtr<IMFSourceReader> reader;
    ComPtr<IMFSample> sample;
    ASSERT_EQ(open_reader(camera.get(), reader), S_OK);
    ASSERT_EQ(read_frame(reader.get(), sample), S_OK);
    EXPECT_TRUE(
        eventually([&] { return counters(camera).signals[MFVCAM_EVENT_FRAME_DELIVERED] >= kAll; }));
    EXPECT_EQ(reader->Flush(static_cast<DWORD>(MF_SOURCE_READER_ALL_STREAMS)), S_OK);
    reader.reset();
    for (const ComPtr<IMFCameraSyncObject>& object : objects) {
        object->Shutdown();
    }
}

TEST_F(FrameServerScale, SixtyFourCamerasAtOnce) {
    constexpr std::size_t kAll = 64;
    const ComPtr<IMFVirtualCamera> first = started(L"first");
    std::vector<ComPtr<IMFVirtualCamera>> cameras(kAll);
    expect_linear(
        "cameras", kAll,
        [&](std::size_t index) {
            cameras[index] = started((L"camera " + std::to_wstring(index)).c_str());
        },
        host_of(first));
    for (const ComPtr<IMFVirtualCamera>& camera : cameras) {
        const Event event;
        const ComPtr<IMFCameraSyncObject> object = sync(camera, MFVCAM_EVENT_PING, event.get());
        ASSERT_TRUE(object);
        EXPECT_EQ(object->WaitOnSignal(kPatience), S_OK);
        object->Shutdown();
    }
}

TEST_F(FrameServerScale, EightConsumersOfOneCamera) {
    constexpr std::size_t kAll = 8;
    const ComPtr<IMFVirtualCamera> camera = started();
    std::vector<ComPtr<IMFSourceReader>> readers(kAll);
    expect_linear(
        "consumers", kAll,
        [&](std::size_t index) {
            ASSERT_EQ(open_reader(camera.get(), readers[index]), S_OK);
            ComPtr<IMFSample> sample;
            ASSERT_EQ(read_frame(readers[index].get(), sample), S_OK);
        },
        host_of(camera));
    for (int frame = 0; frame < 5; ++frame) {
        for (const ComPtr<IMFSourceReader>& reader : readers) {
            ComPtr<IMFSample> sample;
            ASSERT_EQ(read_frame(reader.get(), sample), S_OK);
        }
    }
    for (const ComPtr<IMFSourceReader>& reader : readers) {
        EXPECT_EQ(reader->Flush(static_cast<DWORD>(MF_SOURCE_READER_ALL_STREAMS)), S_OK);
    }
}

}  // namespace
}  // namespace mfvcam::tests
