#include <mferror.h>

#include <array>
#include <thread>
#include <vector>

#include "choices.h"
#include "com_object.h"
#include "simulator_fixture.h"

namespace mfvcam::simulator_test {
namespace {

namespace choices = simulator::choices;

// Waits for one event, but not for ever, as GetEvent would.
class Waiter final : public ComObject<Waiter, IMFAsyncCallback> {
 public:
    static ComPtr<IMFMediaEvent> wait(IMFMediaEventGenerator* generator) {
        const auto waiter = make_object<Waiter>();
        ComPtr<IMFMediaEvent> event;
        EXPECT_HR(S_OK, generator->BeginGetEvent(waiter.get(), nullptr));
        EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(waiter->done_.get(), kPatience));
        if (waiter->result_) {
            EXPECT_HR(S_OK, generator->EndGetEvent(waiter->result_.get(), event.put()));
        }
        return event;
    }

    void* find_interface(REFIID iid) noexcept {
        const bool known = iid == __uuidof(IUnknown) || iid == __uuidof(IMFAsyncCallback);
        return known ? static_cast<IMFAsyncCallback*>(this) : nullptr;
    }
    STDMETHODIMP GetParameters(DWORD* /*flags*/, DWORD* /*queue*/) override { return E_NOTIMPL; }
    STDMETHODIMP Invoke(IMFAsyncResult* result) override {
        result_ = ComPtr<IMFAsyncResult>(result);
        SetEvent(done_.get());
        return S_OK;
    }

 private:
    Handle done_{CreateEventW(nullptr, TRUE, FALSE, nullptr)};
    ComPtr<IMFAsyncResult> result_;  // written before done_ is set
};

class SimulatorMediaSource : public StartedCameraTest {
 protected:
    ComPtr<IMFMediaSource> open() {
        ComPtr<IMFMediaSource> source;
        EXPECT_HR(S_OK, camera_->GetMediaSource(source.put()));
        return source;
    }
    static ComPtr<IMFMediaEvent> next(IMFMediaEventGenerator* generator, MediaEventType expected) {
        ComPtr<IMFMediaEvent> event = Waiter::wait(generator);
        MediaEventType type = MEUnknown;
        if (event) {
            event->GetType(&type);
        }
        EXPECT_EQ(expected, type);
        return event;
    }
    static ComPtr<IMFMediaStream> nextStream(IMFMediaSource* source, MediaEventType expected) {
        const ComPtr<IMFMediaEvent> event = next(source, expected);
        PROPVARIANT value;
        PropVariantInit(&value);
        ComPtr<IMFMediaStream> stream;
        if (event && SUCCEEDED(event->GetValue(&value)) && value.vt == VT_UNKNOWN) {
            stream = ComPtr<IUnknown>(value.punkVal).as<IMFMediaStream>();
        }
        PropVariantClear(&value);
        EXPECT_TRUE(stream);
        return stream;
    }
    static void expectNoEvent(IMFMediaEventGenerator* generator) {
        ComPtr<IMFMediaEvent> event;
        EXPECT_HR(MF_E_NO_EVENTS_AVAILABLE,
                  generator->GetEvent(MF_EVENT_FLAG_NO_WAIT, event.put()));
    }
};

TEST_F(SimulatorMediaSource, ForwardsAndDeliversSamples) {
    const ComPtr<IMFMediaSource> source = open();
    DWORD characteristics = 0;
    EXPECT_HR(S_OK, source->GetCharacteristics(&characteristics));
    EXPECT_EQ(static_cast<DWORD>(MFMEDIASOURCE_IS_LIVE), characteristics);
    EXPECT_HR(MF_E_INVALID_STATE_TRANSITION, source->Stop());
    ASSERT_HR(S_OK, start(source.get()));
    const ComPtr<IMFMediaStream> stream = nextStream(source.get(), MENewStream);
    ASSERT_TRUE(stream);
    next(source.get(), MESourceStarted);
    next(stream.get(), MEStreamStarted);
    ComPtr<IMFMediaSource> back;
    EXPECT_HR(S_OK, stream->GetMediaSource(back.put()));
    EXPECT_EQ(source.get(), back.get());
    ComPtr<IMFStreamDescriptor> descriptor;
    EXPECT_HR(S_OK, stream->GetStreamDescriptor(descriptor.put()));
    EXPECT_TRUE(descriptor);
    for (int count = 0; count < 10; ++count) {
        ASSERT_HR(S_OK, stream->RequestSample(nullptr));
        next(stream.get(), MEMediaSample);
    }
    EXPECT_HR(MF_E_INVALID_STATE_TRANSITION, source->Pause());
    EXPECT_HR(S_OK, source->Stop());
    next(stream.get(), MEStreamStopped);
    next(source.get(), MESourceStopped);
    EXPECT_HR(MF_E_INVALIDREQUEST, stream->RequestSample(nullptr));
    // Once more, on the same stream object.
    ASSERT_HR(S_OK, start(source.get()));
    EXPECT_EQ(stream.get(), nextStream(source.get(), MEUpdatedStream).get());
    next(source.get(), MESourceStarted);
    next(stream.get(), MEStreamStarted);
    EXPECT_HR(S_OK, source->Shutdown());
}

TEST_F(SimulatorMediaSource, ShutdownOfAClientStopsTheSourceAndLeavesItAlive) {
    for (unsigned round = 1; round <= 5; ++round) {
        const ComPtr<IMFMediaSource> source = open();
        ASSERT_HR(S_OK, start(source.get()));
        const ComPtr<IMFMediaStream> stream = nextStream(source.get(), MENewStream);
        ASSERT_TRUE(stream);
        next(source.get(), MESourceStarted);
        // The stops of the client before must not arrive here.
        next(stream.get(), MEStreamStarted);
        ASSERT_HR(S_OK, stream->RequestSample(nullptr));
        next(stream.get(), MEMediaSample);
        EXPECT_HR(S_OK, source->Shutdown());
        EXPECT_EQ(round, FakeSource::starts());
        EXPECT_EQ(round, FakeSource::stops());
        EXPECT_EQ(0U, FakeSource::shutdowns());

        DWORD characteristics = 1;
        EXPECT_HR(MF_E_SHUTDOWN, source->GetCharacteristics(&characteristics));
        EXPECT_EQ(0U, characteristics);
        auto* descriptor = reinterpret_cast<IMFPresentationDescriptor*>(1);
        EXPECT_HR(MF_E_SHUTDOWN, source->CreatePresentationDescriptor(&descriptor));
        EXPECT_EQ(nullptr, descriptor);
        EXPECT_HR(MF_E_SHUTDOWN, start(source.get()));
        EXPECT_HR(MF_E_SHUTDOWN, source->Stop());
        EXPECT_HR(MF_E_SHUTDOWN, source->Pause());
        EXPECT_HR(MF_E_SHUTDOWN, source->Shutdown());
        ComPtr<IMFMediaEvent> event;
        EXPECT_HR(MF_E_SHUTDOWN, source->GetEvent(0, event.put()));
        EXPECT_HR(MF_E_SHUTDOWN, stream->GetEvent(0, event.put()));
        EXPECT_HR(MF_E_SHUTDOWN, stream->RequestSample(nullptr));
        auto* back = reinterpret_cast<IMFMediaSource*>(1);
        EXPECT_HR(MF_E_SHUTDOWN, stream->GetMediaSource(&back));
        EXPECT_EQ(nullptr, back);
        auto* streamDescriptor = reinterpret_cast<IMFStreamDescriptor*>(1);
        EXPECT_HR(MF_E_SHUTDOWN, stream->GetStreamDescriptor(&streamDescriptor));
        EXPECT_EQ(nullptr, streamDescriptor);
    }
    EXPECT_EQ(1U, FakeSource::activations());
}

TEST_F(SimulatorMediaSource, ClientsShareTheSource) {
    constexpr int kClients = 8;
    struct Client {
        ComPtr<IMFMediaSource> source;
        ComPtr<IMFMediaStream> stream;
    };
    std::vector<Client> clients(kClients);
    for (Client& client : clients) {
        client.source = open();
        ASSERT_HR(S_OK, start(client.source.get()));
        client.stream = nextStream(client.source.get(), MENewStream);
        ASSERT_TRUE(client.stream);
        next(client.source.get(), MESourceStarted);
        next(client.stream.get(), MEStreamStarted);
    }
    EXPECT_EQ(1U, FakeSource::starts());
    // Each gets what it has asked for, and no more.
    for (int round = 0; round < 3; ++round) {
        for (const Client& client : clients) {
            ASSERT_HR(S_OK, client.stream->RequestSample(nullptr));
            next(client.stream.get(), MEMediaSample);
        }
    }
    for (const Client& client : clients) {
        expectNoEvent(client.stream.get());
        expectNoEvent(client.source.get());
    }
    // The last to leave stops it.
    for (const Client& client : clients) {
        EXPECT_EQ(0U, FakeSource::stops());
        EXPECT_HR(S_OK, client.source->Stop());
        next(client.stream.get(), MEStreamStopped);
        next(client.source.get(), MESourceStopped);
        EXPECT_HR(MF_E_INVALIDREQUEST, client.stream->RequestSample(nullptr));
        EXPECT_HR(MF_E_INVALID_STATE_TRANSITION, client.source->Stop());
    }
    EXPECT_EQ(1U, FakeSource::stops());
    for (const Client& client : clients) {
        EXPECT_HR(S_OK, client.source->Shutdown());
    }
    EXPECT_EQ(1U, FakeSource::stops());
}

// What Windows makes of a media type as a blob need not be the same twice.
TEST_F(SimulatorMediaSource, ClientsShareAMediaTypeByItsAttributes) {
    const ComPtr<IMFMediaSource> first = open();
    ASSERT_HR(S_OK, start(first.get()));
    const ComPtr<IMFMediaSource> second = open();
    ComPtr<IMFPresentationDescriptor> descriptor;
    ASSERT_HR(S_OK, second->CreatePresentationDescriptor(descriptor.put()));
    BOOL selected = FALSE;
    ComPtr<IMFStreamDescriptor> stream;
    ASSERT_HR(S_OK, descriptor->SelectStream(0));
    ASSERT_HR(S_OK, descriptor->GetStreamDescriptorByIndex(0, &selected, stream.put()));
    ComPtr<IMFMediaTypeHandler> handler;
    ASSERT_HR(S_OK, stream->GetMediaTypeHandler(handler.put()));
    ComPtr<IMFMediaType> type;
    ASSERT_HR(S_OK, handler->GetMediaTypeByIndex(0, type.put()));
    ComPtr<IMFMediaType> backwards;
    ASSERT_HR(S_OK, MFCreateMediaType(backwards.put()));
    UINT32 count = 0;
    ASSERT_HR(S_OK, type->GetCount(&count));
    ASSERT_LE(2U, count);
    while (count != 0) {
        GUID key{};
        PROPVARIANT value;
        PropVariantInit(&value);
        ASSERT_HR(S_OK, type->GetItemByIndex(--count, &key, &value));
        ASSERT_HR(S_OK, backwards->SetItem(key, value));
        PropVariantClear(&value);
    }
    PROPVARIANT now;
    PropVariantInit(&now);
    ASSERT_HR(S_OK, handler->SetCurrentMediaType(backwards.get()));
    EXPECT_HR(S_OK, second->Start(descriptor.get(), nullptr, &now));
    EXPECT_EQ(1U, FakeSource::starts());
    // But one attribute more is another type.
    ASSERT_HR(S_OK, backwards->SetUINT32(kSet, 1));
    ASSERT_HR(S_OK, handler->SetCurrentMediaType(backwards.get()));
    EXPECT_HR(choices::kAnotherTypeRuns, second->Start(descriptor.get(), nullptr, &now));
    EXPECT_HR(S_OK, first->Shutdown());
    EXPECT_HR(S_OK, second->Shutdown());
}

TEST_F(SimulatorMediaSource, ASampleCarriesTheTokenOfItsRequest) {
    const ComPtr<IMFMediaSource> source = open();
    ASSERT_HR(S_OK, start(source.get()));
    const ComPtr<IMFMediaStream> stream = nextStream(source.get(), MENewStream);
    ASSERT_TRUE(stream);
    next(stream.get(), MEStreamStarted);
    std::array<ComPtr<IMFAttributes>, 3> tokens;
    for (ComPtr<IMFAttributes>& token : tokens) {
        ASSERT_HR(S_OK, MFCreateAttributes(token.put(), 0));
        ASSERT_HR(S_OK, stream->RequestSample(token.get()));
    }
    for (const ComPtr<IMFAttributes>& token : tokens) {
        const ComPtr<IMFMediaEvent> event = next(stream.get(), MEMediaSample);
        ASSERT_TRUE(event);
        PROPVARIANT value;
        PropVariantInit(&value);
        ASSERT_HR(S_OK, event->GetValue(&value));
        const auto sample = ComPtr<IUnknown>(value.punkVal).as<IMFSample>();
        PropVariantClear(&value);
        ASSERT_TRUE(sample);
        ComPtr<IMFAttributes> carried;
        EXPECT_HR(S_OK, sample->GetUnknown(MFSampleExtension_Token, __uuidof(IMFAttributes),
                                           carried.put_void()));
        EXPECT_EQ(token.get(), carried.get());
    }
    EXPECT_HR(S_OK, source->Shutdown());
}

TEST_F(SimulatorMediaSource, AFailedStartFreesTheSourceForOthers) {
    const ComPtr<IMFMediaSource> first = open();
    FakeSource::program().start = E_ACCESSDENIED;
    EXPECT_HR(E_ACCESSDENIED, start(first.get()));
    FakeSource::program().start = S_OK;
    const ComPtr<IMFMediaSource> second = open();
    ASSERT_HR(S_OK, start(second.get()));
    EXPECT_TRUE(nextStream(second.get(), MENewStream));
    expectNoEvent(first.get());
    EXPECT_HR(S_OK, first->Shutdown());
    EXPECT_HR(S_OK, second->Shutdown());
}

TEST_F(SimulatorMediaSource, CameraShutdownShutsItDown) {
    const ComPtr<IMFMediaSource> source = open();
    ASSERT_HR(S_OK, start(source.get()));
    EXPECT_HR(S_OK, camera_->Shutdown());
    EXPECT_EQ(1U, FakeSource::stops());
    EXPECT_EQ(1U, FakeSource::shutdowns());
    ComPtr<IMFPresentationDescriptor> descriptor;
    EXPECT_HR(MF_E_SHUTDOWN, source->CreatePresentationDescriptor(descriptor.put()));
    ComPtr<IMFMediaEvent> event;
    EXPECT_HR(MF_E_SHUTDOWN, source->GetEvent(0, event.put()));
    EXPECT_HR(MF_E_SHUTDOWN, source->Shutdown());
}

TEST_F(SimulatorMediaSource, StopOfTheCameraInvalidatesIt) {
    const ComPtr<IMFMediaSource> source = open();
    ASSERT_HR(S_OK, start(source.get()));
    const ComPtr<IMFMediaStream> stream = nextStream(source.get(), MENewStream);
    ASSERT_TRUE(stream);
    next(source.get(), MESourceStarted);
    next(stream.get(), MEStreamStarted);
    EXPECT_HR(S_OK, camera_->Stop());
    for (IMFMediaEventGenerator* generator : {static_cast<IMFMediaEventGenerator*>(source.get()),
                                              static_cast<IMFMediaEventGenerator*>(stream.get())}) {
        const ComPtr<IMFMediaEvent> event = next(generator, MEError);
        HRESULT status = S_OK;
        ASSERT_TRUE(event);
        event->GetStatus(&status);
        EXPECT_HR(MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED, status);
    }
    EXPECT_HR(MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED, start(source.get()));
    EXPECT_HR(MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED, stream->RequestSample(nullptr));
    EXPECT_HR(S_OK, source->Shutdown());
    EXPECT_HR(MF_E_SHUTDOWN, source->Shutdown());
    EXPECT_HR(S_OK, camera_->Start(nullptr));
    const ComPtr<IMFMediaSource> again = open();
    EXPECT_HR(S_OK, start(again.get()));
}

TEST_F(SimulatorMediaSource, AClientThatForgetsShutdownIsEndedByTheCamera) {
    {
        const ComPtr<IMFMediaSource> source = open();
        ASSERT_HR(S_OK, start(source.get()));
        const ComPtr<IMFMediaStream> stream = nextStream(source.get(), MENewStream);
    }
    open().reset();
    EXPECT_HR(S_OK, camera_->Shutdown());
    EXPECT_EQ(1U, FakeSource::shutdowns());
    // TearDown finds nothing alive.
}

TEST_F(SimulatorMediaSource, NullOutPointersAreRefused) {
    EXPECT_HR(E_POINTER, camera_->GetMediaSource(nullptr));
    const ComPtr<IMFMediaSource> source = open();
    EXPECT_HR(E_POINTER, source->GetCharacteristics(nullptr));
    EXPECT_HR(E_POINTER, source->CreatePresentationDescriptor(nullptr));
    EXPECT_HR(E_POINTER, source->QueryInterface(__uuidof(IUnknown), nullptr));
    const auto services = source.as<IMFGetService>();
    ASSERT_TRUE(services);
    EXPECT_HR(E_POINTER, services->GetService(kSet, __uuidof(IUnknown), nullptr));
    auto* object = reinterpret_cast<void*>(1);
    EXPECT_HR(MF_E_UNSUPPORTED_SERVICE, services->GetService(kSet, __uuidof(IUnknown), &object));
    EXPECT_EQ(nullptr, object);
    object = reinterpret_cast<void*>(1);
    // The fake is no IMFMediaSourceEx, so its client is none.
    EXPECT_HR(E_NOINTERFACE, source->QueryInterface(__uuidof(IMFMediaSourceEx), &object));
    EXPECT_EQ(nullptr, object);
}

TEST_F(SimulatorMediaSource, ClosedInTheMiddleOfItsStartLeavesTheSourceStopped) {
    const ComPtr<IMFMediaSource> source = open();
    std::thread closer;
    FakeSource::program().insideStart = [&] {
        closer = std::thread([&] { EXPECT_HR(S_OK, source->Shutdown()); });
        DWORD unread = 0;
        while (source->GetCharacteristics(&unread) != MF_E_SHUTDOWN) {
            SwitchToThread();
        }
        // On to where it waits for this start; what is expected holds without, too.
        Sleep(50);
    };
    start(source.get());
    closer.join();
    EXPECT_EQ(1U, FakeSource::starts());
    EXPECT_EQ(1U, FakeSource::stops());
}

}  // namespace
}  // namespace mfvcam::simulator_test
