// Ends at every moment: by shutdown from another thread, from inside a callback, or by mere
// release.
#include <mfapi.h>
#include <mferror.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <random>
#include <thread>
#include <vector>

#include "source_test_support.h"

namespace mfvcam::source_test {
namespace {

class ShutdownTest : public SourceTest {};

TEST_F(ShutdownTest, RequestsMayBeOutstanding) {
    start_streaming(MFVideoFormat_NV12);
    ComPtr<IMFAttributes> token;
    ASSERT_EQ(MFCreateAttributes(token.put(), 0), S_OK);
    for (int i = 0; i < 100; ++i) {
        ASSERT_EQ(stream->RequestSample(token.get()), S_OK);
    }
    ASSERT_EQ(source->Shutdown(), S_OK);
    EXPECT_TRUE(eventually([&] {
        token->AddRef();
        return token->Release() == 1;
    }));
}

TEST_F(ShutdownTest, ReleasingARunningSourceWithoutShutdownLeaksNothing) {
    const Event event;
    KSEVENTDATA data = event_data(event.get());
    ASSERT_EQ(enable(control.get(), MFVCAM_EVENT_PING, KSEVENT_TYPE_ENABLE, &data), S_OK);
    ASSERT_EQ(start(source.get(), MFVideoFormat_NV12), S_OK);
    // The events, and the stream in one of them, are left in the queue.
    control.reset();
    source.reset();
    EXPECT_TRUE(eventually([] { return dll_can_unload_now() == S_OK; }));
}

TEST_F(ShutdownTest, AStreamMayOutliveItsSource) {
    start_streaming(MFVideoFormat_NV12);
    ASSERT_EQ(stream->RequestSample(nullptr), S_OK);
    control.reset();
    source.reset();
    ComPtr<IMFMediaSource> its_source;
    EXPECT_EQ(stream->GetMediaSource(its_source.put()), MF_E_SHUTDOWN);
    EXPECT_EQ(stream->RequestSample(nullptr), MF_E_SHUTDOWN);
}

TEST_F(ShutdownTest, EndsABlockedGetEvent) {
    std::atomic<bool> began{false};
    HRESULT result = S_OK;
    std::thread waiter([&] {
        ComPtr<IMFMediaEvent> event;
        began = true;
        result = source->GetEvent(0, event.put());
    });
    EXPECT_TRUE(eventually([&] { return began.load(); }));
    DWORD characteristics = 0;
    EXPECT_EQ(source->GetCharacteristics(&characteristics), S_OK) << "it holds no lock";
    EXPECT_EQ(source->Shutdown(), S_OK);
    waiter.join();
    EXPECT_EQ(result, MF_E_SHUTDOWN);
}

// Shuts the source down from the callback that brings the first frame.
class ShutsDown final : public IMFAsyncCallback {
 public:
    ShutsDown(IMFMediaSource* source, IMFMediaStream* stream) : source_(source), stream_(stream) {}

    STDMETHODIMP QueryInterface(REFIID iid, void** object) noexcept override {
        *object = iid == __uuidof(IUnknown) || iid == __uuidof(IMFAsyncCallback) ? this : nullptr;
        if (*object == nullptr) {
            return E_NOINTERFACE;
        }
        AddRef();
        return S_OK;
    }
    STDMETHODIMP_(ULONG) AddRef() noexcept override { return ++references_; }
    STDMETHODIMP_(ULONG) Release() noexcept override { return --references_; }
    STDMETHODIMP GetParameters(DWORD*, DWORD*) noexcept override { return E_NOTIMPL; }
    STDMETHODIMP Invoke(IMFAsyncResult* result) noexcept override {
        ComPtr<IMFMediaEvent> event;
        MediaEventType type = MEUnknown;
        if (SUCCEEDED(stream_->EndGetEvent(result, event.put())) &&
            SUCCEEDED(event->GetType(&type)) &&
            type == static_cast<MediaEventType>(MEMediaSample)) {
            shut_down_ = source_->Shutdown();
            SetEvent(done.get());
        } else {
            stream_->BeginGetEvent(this, nullptr);
        }
        return S_OK;
    }
    HRESULT result() const { return shut_down_; }
    ULONG references() const { return references_; }

    Event done;

 private:
    std::atomic<ULONG> references_{1};
    std::atomic<HRESULT> shut_down_{E_PENDING};
    IMFMediaSource* source_;
    IMFMediaStream* stream_;
};

TEST_F(ShutdownTest, MayComeFromInsideACallback) {
    start_streaming(MFVideoFormat_NV12);
    ShutsDown callback(source.get(), stream.get());
    ASSERT_EQ(stream->BeginGetEvent(&callback, nullptr), S_OK);
    for (int i = 0; i < 5; ++i) {
        ASSERT_EQ(stream->RequestSample(nullptr), S_OK);
    }
    ASSERT_TRUE(callback.done.wait());
    EXPECT_EQ(callback.result(), S_OK);
    EXPECT_EQ(stream->RequestSample(nullptr), MF_E_SHUTDOWN);
    EXPECT_TRUE(eventually([&] { return callback.references() == 1; }));
}

bool is_one_of(HRESULT hr, std::initializer_list<HRESULT> allowed) {
    return std::ranges::find(allowed, hr) != allowed.end();
}

TEST_F(ShutdownTest, FromAnotherThreadAtAnyMoment) {
    constexpr int rounds = 300;
    // NOLINTNEXTLINE(bugprone-random-generator-seed,cert-msc*): the same delays every time
    std::mt19937 random(20'240'517);
    std::atomic<HRESULT> unexpected{S_OK};
    std::atomic<int> frames{0};
    const auto expect = [&](HRESULT hr, std::initializer_list<HRESULT> allowed) {
        if (!is_one_of(hr, allowed)) {
            unexpected = hr;
        }
        return hr != MF_E_SHUTDOWN;
    };
    for (int round = 0; round < rounds; ++round) {
        auto victim = create_source();
        ASSERT_TRUE(victim);
        const auto victim_control = victim.as<IKsControl>();
        const GUID& subtype = round % 2 == 0 ? MFVideoFormat_NV12 : MFVideoFormat_RGB32;
        const auto descriptor = presentation(victim.get(), subtype);
        ASSERT_EQ(start(victim.get(), descriptor.get()), S_OK);
        auto first = next_event(victim.get());
        const auto victim_stream = stream_of(first.get());
        ASSERT_TRUE(victim_stream);
        first.reset();
        constexpr DWORD longest = 3;
        const DWORD delay = random() % (longest + 1);
        const Event shared;

        std::vector<std::thread> threads;
        threads.emplace_back([&] {
            while (expect(victim_stream->RequestSample(nullptr),
                          {S_OK, MF_E_INVALIDREQUEST, MF_E_NOTACCEPTING, MF_E_SHUTDOWN})) {
            }
        });
        threads.emplace_back([&] {
            ULONG id = 0;
            for (;;) {
                KSEVENTDATA data = event_data(shared.get());
                const bool once = id % 3 == 0;
                const ULONG flags = once ? KSEVENT_TYPE_ONESHOT : KSEVENT_TYPE_ENABLE;
                // One that has fired is not there any more.
                const HRESULT fired = once ? HRESULT_FROM_WIN32(ERROR_NOT_FOUND) : S_OK;
                if (!expect(enable(victim_control.get(), id % MFVCAM_EVENT_COUNT, flags, &data),
                            {S_OK, MF_E_SHUTDOWN}) ||
                    !expect(disable(victim_control.get(), &data), {S_OK, fired, MF_E_SHUTDOWN})) {
                    return;
                }
                ++id;
            }
        });
        const auto restart = [&] {
            for (;;) {
                if (!expect(victim->Stop(), {S_OK, MF_E_INVALID_STATE_TRANSITION, MF_E_SHUTDOWN}) ||
                    !expect(start(victim.get(), descriptor.get()),
                            {S_OK, MF_E_INVALID_STATE_TRANSITION, MF_E_SHUTDOWN}) ||
                    !expect(victim_stream->SetStreamState(MF_STREAM_STATE_PAUSED),
                            {S_OK, MF_E_INVALID_STATE_TRANSITION, MF_E_SHUTDOWN}) ||
                    !expect(victim_stream->SetStreamState(MF_STREAM_STATE_RUNNING),
                            {S_OK, MF_E_INVALID_STATE_TRANSITION, MF_E_SHUTDOWN})) {
                    return;
                }
            }
        };
        // Not in the longest rounds: a stream that is started anew all the time has no frame due.
        if (delay != longest) {
            threads.emplace_back(restart);
        }
        threads.emplace_back([&] {
            ComPtr<IMFMediaEvent> event;
            while (victim_stream->GetEvent(0, event.put()) != MF_E_SHUTDOWN) {
                MediaEventType type = MEUnknown;
                event->GetType(&type);
                frames += type == static_cast<MediaEventType>(MEMediaSample) ? 1 : 0;
            }
        });
        Sleep(delay * 15);  // the moment, not a condition
        EXPECT_EQ(victim->Shutdown(), S_OK);
        for (auto& thread : threads) {
            thread.join();
        }
    }
    EXPECT_EQ(unexpected, S_OK) << std::hex << unexpected;
    EXPECT_GT(frames, 0) << "the storm never reached a frame";
}

TEST_F(ShutdownTest, HandlesDoNotAddUp) {
    const auto round = [] {
        auto each = create_source();
        const auto each_control = each.as<IKsControl>();
        const Event event;
        std::array<KSEVENTDATA, 8> datas = {};
        for (auto& data : datas) {
            data = event_data(event.get());
            EXPECT_EQ(enable(each_control.get(), MFVCAM_EVENT_FRAME_DELIVERED, KSEVENT_TYPE_ENABLE,
                             &data),
                      S_OK);
        }
        KSEVENTDATA ping = event_data(event.get());
        EXPECT_EQ(enable(each_control.get(), MFVCAM_EVENT_PING, KSEVENT_TYPE_ENABLE, &ping), S_OK);
        EXPECT_EQ(start(each.get(), MFVideoFormat_NV12), S_OK);
        auto first = next_event(each.get());
        const auto each_stream = stream_of(first.get());
        EXPECT_EQ(each_stream->RequestSample(nullptr), S_OK);
        EXPECT_TRUE(event.wait());
        EXPECT_EQ(each->Shutdown(), S_OK);
    };
    source->Shutdown();
    stream.reset();
    control.reset();
    source.reset();
    tests::expect_handles_do_not_add_up(round, [] { return dll_can_unload_now() == S_OK; });
}

}  // namespace
}  // namespace mfvcam::source_test
