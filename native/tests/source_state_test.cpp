// The state machine of the source and its stream, and the order of their events.
#include <mfapi.h>
#include <mferror.h>
#include <test_picture.h>

#include <array>

#include "source_test_support.h"

namespace mfvcam::source_test {
namespace {

class StateTest : public SourceTest {
 protected:
    // FRAME_DELIVERED, enabled.
    void expect_frame() {
        const auto event = next_event(stream.get());
        ASSERT_TRUE(event);
        MediaEventType type = MEUnknown;
        ASSERT_EQ(event->GetType(&type), S_OK);
        ASSERT_EQ(type, static_cast<MediaEventType>(MEMediaSample));
        sample = sample_of(event.get());
        ASSERT_TRUE(sample);
    }
    DWORD length_of_sample() {
        DWORD length = 0;
        EXPECT_EQ(sample->GetTotalLength(&length), S_OK);
        return length;
    }
    MediaEventType source_event() { return next_event_type(source.get()); }
    MediaEventType stream_event() { return next_event_type(stream.get()); }

    PROPVARIANT position = {};
    ComPtr<IMFSample> sample;
};

TEST_F(StateTest, StartChecksItsArguments) {
    auto descriptor = presentation(source.get(), MFVideoFormat_NV12);
    EXPECT_EQ(source->Start(nullptr, nullptr, &position), E_INVALIDARG);
    EXPECT_EQ(source->Start(descriptor.get(), nullptr, nullptr), E_INVALIDARG);
    EXPECT_EQ(source->Start(descriptor.get(), &kForeignSet, &position),
              MF_E_UNSUPPORTED_TIME_FORMAT);

    ComPtr<IMFStreamDescriptor> ours;
    BOOL selected = FALSE;
    ASSERT_EQ(descriptor->GetStreamDescriptorByIndex(0, &selected, ours.put()), S_OK);
    std::array twice = {ours.get(), ours.get()};
    ComPtr<IMFPresentationDescriptor> foreign;
    if (SUCCEEDED(MFCreatePresentationDescriptor(2, twice.data(), foreign.put()))) {
        EXPECT_EQ(start(source.get(), foreign.get()), E_INVALIDARG) << "two streams";
    }

    ComPtr<IMFMediaType> type;
    ASSERT_EQ(MFCreateMediaType(type.put()), S_OK);
    IMFMediaType* types = type.get();
    ComPtr<IMFStreamDescriptor> stranger;
    ASSERT_EQ(MFCreateStreamDescriptor(5, 1, &types, stranger.put()), S_OK);
    IMFStreamDescriptor* one = stranger.get();
    ASSERT_EQ(MFCreatePresentationDescriptor(1, &one, foreign.put()), S_OK);
    EXPECT_EQ(start(source.get(), foreign.get()), E_INVALIDARG) << "another stream's identifier";

    EXPECT_TRUE(no_event(source.get()));
    EXPECT_EQ(source->Stop(), MF_E_INVALID_STATE_TRANSITION) << "none of these started it";
    EXPECT_EQ(source->Start(descriptor.get(), nullptr, &position), S_OK) << "null is GUID_NULL";
}

TEST_F(StateTest, StartRefusesTypesItDoesNotMake) {
    const auto refused = [&](const GUID& subtype, UINT32 width, UINT32 height, UINT32 rate) {
        ComPtr<IMFMediaType> type;
        EXPECT_EQ(MFCreateMediaType(type.put()), S_OK);
        type->SetGUID(MF_MT_MAJOR_TYPE, MFMediaType_Video);
        type->SetGUID(MF_MT_SUBTYPE, subtype);
        type->SetUINT64(MF_MT_FRAME_SIZE, static_cast<UINT64>(width) << 32 | height);
        type->SetUINT64(MF_MT_FRAME_RATE, static_cast<UINT64>(rate) << 32 | 1);
        IMFMediaType* types = type.get();
        ComPtr<IMFStreamDescriptor> foreign_stream;
        EXPECT_EQ(MFCreateStreamDescriptor(0, 1, &types, foreign_stream.put()), S_OK);
        ComPtr<IMFMediaTypeHandler> handler;
        EXPECT_EQ(foreign_stream->GetMediaTypeHandler(handler.put()), S_OK);
        EXPECT_EQ(handler->SetCurrentMediaType(type.get()), S_OK);
        IMFStreamDescriptor* streams = foreign_stream.get();
        ComPtr<IMFPresentationDescriptor> foreign;
        EXPECT_EQ(MFCreatePresentationDescriptor(1, &streams, foreign.put()), S_OK);
        EXPECT_EQ(foreign->SelectStream(0), S_OK);
        return start(source.get(), foreign.get());
    };
    EXPECT_EQ(refused(MFVideoFormat_YUY2, 640, 480, 30), MF_E_INVALIDMEDIATYPE);
    EXPECT_EQ(refused(MFVideoFormat_NV12, 0xFFFFFFFF, 0xFFFFFFFF, 30), MF_E_INVALIDMEDIATYPE);
    EXPECT_EQ(refused(MFVideoFormat_NV12, 1920, 1080, 30), MF_E_INVALIDMEDIATYPE);
    EXPECT_EQ(refused(MFVideoFormat_NV12, 640, 480, 60), MF_E_INVALIDMEDIATYPE);
    EXPECT_EQ(refused(MFVideoFormat_NV12, 640, 480, 30), S_OK) << "and a foreign one that fits";
}

TEST_F(StateTest, EventsComeInOrder) {
    start_streaming(MFVideoFormat_NV12);
    ASSERT_EQ(stream->RequestSample(nullptr), S_OK);
    expect_frame();
    ASSERT_EQ(start(source.get(), MFVideoFormat_NV12), S_OK) << "again, the same";
    EXPECT_EQ(source_event(), static_cast<MediaEventType>(MEUpdatedStream));
    EXPECT_EQ(source_event(), static_cast<MediaEventType>(MESourceStarted));
    EXPECT_EQ(stream_event(), static_cast<MediaEventType>(MEStreamStarted));
    ASSERT_EQ(source->Stop(), S_OK);
    EXPECT_EQ(stream_event(), static_cast<MediaEventType>(MEStreamStopped));
    EXPECT_EQ(source_event(), static_cast<MediaEventType>(MESourceStopped));
    EXPECT_EQ(source->Stop(), MF_E_INVALID_STATE_TRANSITION);
    ASSERT_EQ(start(source.get(), MFVideoFormat_NV12), S_OK);
    EXPECT_EQ(source_event(), static_cast<MediaEventType>(MENewStream));
    EXPECT_EQ(source_event(), static_cast<MediaEventType>(MESourceStarted));
    EXPECT_EQ(stream_event(), static_cast<MediaEventType>(MEStreamStarted));
    EXPECT_TRUE(no_event(source.get()));
    EXPECT_TRUE(no_event(stream.get()));
}

TEST_F(StateTest, SourceStartedCarriesATime) {
    const std::int64_t before = system_time();
    ASSERT_EQ(start(source.get(), MFVideoFormat_NV12), S_OK);
    EXPECT_EQ(source_event(), static_cast<MediaEventType>(MENewStream));
    const auto event = next_event(source.get());
    ASSERT_TRUE(event);
    PROPVARIANT value = {};
    ASSERT_EQ(event->GetValue(&value), S_OK);
    ASSERT_EQ(value.vt, VT_I8);
    EXPECT_GE(value.hVal.QuadPart, before);
    EXPECT_LE(value.hVal.QuadPart, system_time());
}

TEST_F(StateTest, ChangesItsFormatWhileRunningAndKeepsRequests) {
    start_streaming(MFVideoFormat_NV12);
    ASSERT_EQ(stream->RequestSample(nullptr), S_OK);
    expect_frame();
    EXPECT_EQ(length_of_sample(), source::picture_size(source::PixelFormat::nv12));
    ASSERT_EQ(start(source.get(), MFVideoFormat_RGB32), S_OK);
    ASSERT_EQ(stream->RequestSample(nullptr), S_OK);
    EXPECT_EQ(stream_event(), static_cast<MediaEventType>(MEStreamStarted));
    expect_frame();
    EXPECT_EQ(length_of_sample(), source::picture_size(source::PixelFormat::rgb32));
}

TEST_F(StateTest, ADeselectedStreamStopsQuietly) {
    start_streaming(MFVideoFormat_NV12);
    ComPtr<IMFPresentationDescriptor> descriptor;
    ASSERT_EQ(source->CreatePresentationDescriptor(descriptor.put()), S_OK);
    ASSERT_EQ(descriptor->DeselectStream(0), S_OK);
    ASSERT_EQ(start(source.get(), descriptor.get()), S_OK);
    EXPECT_EQ(source_event(), static_cast<MediaEventType>(MESourceStarted));
    EXPECT_TRUE(no_event(stream.get()));
    EXPECT_EQ(stream->RequestSample(nullptr), MF_E_INVALIDREQUEST);
    ComPtr<IMFPresentationDescriptor> another;
    ASSERT_EQ(source->CreatePresentationDescriptor(another.put()), S_OK);
    BOOL selected = FALSE;
    ComPtr<IMFStreamDescriptor> stream_descriptor;
    ASSERT_EQ(another->GetStreamDescriptorByIndex(0, &selected, stream_descriptor.put()), S_OK);
    EXPECT_TRUE(selected) << "one caller's selection is not another's default";
    ASSERT_EQ(source->Stop(), S_OK);
    EXPECT_EQ(source_event(), static_cast<MediaEventType>(MESourceStopped));
    EXPECT_TRUE(no_event(stream.get())) << "it was not selected";
}

TEST_F(StateTest, ADeselectedStreamStopsThoughOnlySetStreamStateStartedIt) {
    start_streaming(MFVideoFormat_NV12);
    ASSERT_EQ(source->Stop(), S_OK);
    EXPECT_EQ(stream_event(), static_cast<MediaEventType>(MEStreamStopped));
    ASSERT_EQ(stream->SetStreamState(MF_STREAM_STATE_RUNNING), S_OK);
    ComPtr<IMFPresentationDescriptor> descriptor;
    ASSERT_EQ(source->CreatePresentationDescriptor(descriptor.put()), S_OK);
    ASSERT_EQ(descriptor->DeselectStream(0), S_OK);
    ASSERT_EQ(start(source.get(), descriptor.get()), S_OK);
    auto state = MF_STREAM_STATE_RUNNING;
    EXPECT_EQ(stream->GetStreamState(&state), S_OK);
    EXPECT_EQ(state, MF_STREAM_STATE_STOPPED);
    EXPECT_TRUE(no_event(stream.get()));
}

TEST_F(StateTest, PauseIsNotForACamera) {
    EXPECT_EQ(source->Pause(), MF_E_INVALID_STATE_TRANSITION);
    start_streaming(MFVideoFormat_NV12);
    EXPECT_EQ(source->Pause(), MF_E_INVALID_STATE_TRANSITION);
    ASSERT_EQ(source->Shutdown(), S_OK);
    EXPECT_EQ(source->Pause(), MF_E_SHUTDOWN);
}

TEST_F(StateTest, RequestsNeedARunningStream) {
    start_streaming(MFVideoFormat_NV12);
    ASSERT_EQ(source->Stop(), S_OK);
    EXPECT_EQ(stream->RequestSample(nullptr), MF_E_INVALIDREQUEST);
    EXPECT_EQ(counters(control.get()).requests, 0u);
}

TEST_F(StateTest, StoppingDropsRequestsAndTheirTokens) {
    start_streaming(MFVideoFormat_NV12);
    ComPtr<IMFAttributes> token;
    ASSERT_EQ(MFCreateAttributes(token.put(), 0), S_OK);
    for (int i = 0; i < 50; ++i) {
        ASSERT_EQ(stream->RequestSample(token.get()), S_OK);
    }
    ASSERT_EQ(source->Stop(), S_OK);
    MediaEventType type = MEUnknown;
    while ((type = stream_event()) == static_cast<MediaEventType>(MEMediaSample)) {
    }
    EXPECT_EQ(type, static_cast<MediaEventType>(MEStreamStopped)) << "and no frame after it";
    const auto delivered = counters(control.get()).deliveries;
    EXPECT_LT(delivered, 50u);
    ASSERT_EQ(start(source.get(), MFVideoFormat_NV12), S_OK);
    ASSERT_EQ(stream->RequestSample(nullptr), S_OK);
    EXPECT_EQ(stream_event(), static_cast<MediaEventType>(MEStreamStarted));
    expect_frame();
    ComPtr<IUnknown> found;
    EXPECT_EQ(sample->GetUnknown(MFSampleExtension_Token, __uuidof(IUnknown), found.put_void()),
              MF_E_ATTRIBUTENOTFOUND)
        << "this is the new request's frame";
    EXPECT_TRUE(no_event(stream.get()));
    sample.reset();
    ASSERT_EQ(source->Shutdown(), S_OK);
    EXPECT_TRUE(eventually([&] {
        token->AddRef();
        return token->Release() == 1;
    })) << "a token is still held";
}

TEST_F(StateTest, EachFrameCarriesItsRequestsToken) {
    start_streaming(MFVideoFormat_NV12);
    std::array<ComPtr<IMFAttributes>, 3> tokens;
    for (auto& token : tokens) {
        ASSERT_EQ(MFCreateAttributes(token.put(), 0), S_OK);
        ASSERT_EQ(stream->RequestSample(token.get()), S_OK);
    }
    for (auto& token : tokens) {
        expect_frame();
        ComPtr<IUnknown> found;
        ASSERT_EQ(sample->GetUnknown(MFSampleExtension_Token, __uuidof(IUnknown), found.put_void()),
                  S_OK);
        EXPECT_EQ(found.get(), token.as<IUnknown>().get());
    }
    sample.reset();
}

TEST_F(StateTest, NeverMoreThanOneFrameATick) {
    start_streaming(MFVideoFormat_NV12);
    constexpr int count = 9;
    const std::int64_t begin = system_time();
    for (int i = 0; i < count; ++i) {
        ASSERT_EQ(stream->RequestSample(nullptr), S_OK);
    }
    std::int64_t last = 0;
    for (int i = 0; i < count; ++i) {
        expect_frame();
        LONGLONG time = 0;
        LONGLONG duration = 0;
        ASSERT_EQ(sample->GetSampleTime(&time), S_OK);
        ASSERT_EQ(sample->GetSampleDuration(&duration), S_OK);
        EXPECT_EQ(duration, 333'333);
        EXPECT_LE(time, system_time());
        EXPECT_GE(time, begin - 333'333);
        if (i > 0) {
            EXPECT_GE(time - last, 333'333);
        }
        last = time;
    }
    EXPECT_GE(system_time() - begin, (count - 1) * 333'333);
    EXPECT_EQ(counters(control.get()).deliveries, static_cast<UINT64>(count));
}

TEST_F(StateTest, ThePoolRefillsWhenTheConsumerGivesBack) {
    start_streaming(MFVideoFormat_RGB32);
    constexpr int more_than_the_pool = 14;
    std::array<ComPtr<IMFSample>, more_than_the_pool> kept;
    int count = 0;
    for (auto& slot : kept) {
        ASSERT_EQ(stream->RequestSample(nullptr), S_OK);
        ++count;
        if (count <= 10) {
            expect_frame();
            slot = std::move(sample);
        }
    }
    // All ten are held: three ticks pass, and nothing comes but nothing is lost either.
    const std::int64_t begin = system_time();
    EXPECT_TRUE(eventually([&] { return system_time() - begin > 1'000'000; }));
    EXPECT_TRUE(no_event(stream.get()));
    for (auto& slot : kept) {
        slot.reset();
    }
    for (int i = 10; i < more_than_the_pool; ++i) {
        expect_frame();
        sample.reset();
    }
}

TEST_F(StateTest, RequestsAreLimited) {
    start_streaming(MFVideoFormat_NV12);
    HRESULT hr = S_OK;
    int accepted = 0;
    while (accepted < 5'000 && SUCCEEDED(hr = stream->RequestSample(nullptr))) {
        ++accepted;
    }
    EXPECT_EQ(hr, MF_E_NOTACCEPTING);
    EXPECT_GE(accepted, 1024);
}

TEST_F(StateTest, StreamStateFollowsTheRules) {
    start_streaming(MFVideoFormat_NV12);
    auto state = MF_STREAM_STATE_STOPPED;
    EXPECT_EQ(stream->GetStreamState(&state), S_OK);
    EXPECT_EQ(state, MF_STREAM_STATE_RUNNING);
    EXPECT_EQ(stream->SetStreamState(MF_STREAM_STATE_RUNNING), S_OK) << "the same state";
    EXPECT_EQ(stream->SetStreamState(MF_STREAM_STATE_PAUSED), S_OK);
    EXPECT_EQ(stream->GetStreamState(&state), S_OK);
    EXPECT_EQ(state, MF_STREAM_STATE_PAUSED);
    EXPECT_EQ(stream->RequestSample(nullptr), MF_E_INVALIDREQUEST);
    EXPECT_EQ(stream->SetStreamState(MF_STREAM_STATE_PAUSED), S_OK);
    EXPECT_EQ(stream->SetStreamState(MF_STREAM_STATE_RUNNING), S_OK);
    ASSERT_EQ(stream->RequestSample(nullptr), S_OK);
    expect_frame();
    EXPECT_EQ(stream->SetStreamState(MF_STREAM_STATE_STOPPED), S_OK);
    EXPECT_EQ(stream->RequestSample(nullptr), MF_E_INVALIDREQUEST);
    EXPECT_EQ(stream->SetStreamState(MF_STREAM_STATE_PAUSED), MF_E_INVALID_STATE_TRANSITION);
    // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange): the caller may do it too
    EXPECT_EQ(stream->SetStreamState(static_cast<MF_STREAM_STATE>(3)), E_INVALIDARG);
    EXPECT_EQ(stream->SetStreamState(MF_STREAM_STATE_RUNNING), S_OK);
    ASSERT_EQ(stream->RequestSample(nullptr), S_OK);
    expect_frame();
    EXPECT_EQ(stream->GetStreamState(nullptr), E_POINTER);
    EXPECT_TRUE(no_event(stream.get())) << "no MEStreamStarted, no MEStreamStopped";
    EXPECT_TRUE(no_event(source.get()));
}

TEST_F(StateTest, TheStreamKnowsItsSourceAndDescriptor) {
    start_streaming(MFVideoFormat_NV12);
    ComPtr<IMFMediaSource> its_source;
    EXPECT_EQ(stream->GetMediaSource(its_source.put()), S_OK);
    EXPECT_EQ(its_source.as<IUnknown>().get(), source.as<IUnknown>().get());
    ComPtr<IMFStreamDescriptor> descriptor;
    EXPECT_EQ(stream->GetStreamDescriptor(descriptor.put()), S_OK);
    DWORD identifier = 99;
    EXPECT_EQ(descriptor->GetStreamIdentifier(&identifier), S_OK);
    EXPECT_EQ(identifier, 0u);
    EXPECT_EQ(stream->GetMediaSource(nullptr), E_POINTER);
    EXPECT_EQ(stream->GetStreamDescriptor(nullptr), E_POINTER);
    EXPECT_TRUE(stream.as<IMFMediaStream>());
    EXPECT_TRUE(stream.as<IMFMediaEventGenerator>());
}

TEST_F(StateTest, UsesThePipelinesAllocatorIfThereIsOne) {
    ComPtr<IMFVideoSampleAllocator> allocator;
    ASSERT_EQ(
        MFCreateVideoSampleAllocatorEx(__uuidof(IMFVideoSampleAllocator), allocator.put_void()),
        S_OK);
    const auto allocation = source.as<IMFSampleAllocatorControl>();
    ASSERT_EQ(allocation->SetDefaultAllocator(0, allocator.get()), S_OK);
    EXPECT_EQ(allocation->SetDefaultAllocator(1, allocator.get()), MF_E_INVALIDSTREAMNUMBER);
    start_streaming(MFVideoFormat_NV12);
    EXPECT_EQ(allocation->SetDefaultAllocator(0, allocator.get()), MF_E_INVALIDREQUEST);
    ASSERT_EQ(stream->RequestSample(nullptr), S_OK);
    expect_frame();
    // It was the source that prepared it, so its samples are there to take.
    ComPtr<IMFSample> ours;
    EXPECT_EQ(allocator->AllocateSample(ours.put()), S_OK);
    ours.reset();
    sample.reset();
    ASSERT_EQ(source->Stop(), S_OK);
    EXPECT_NE(allocator->AllocateSample(ours.put()), S_OK) << "given back on stop";
    EXPECT_EQ(allocation->SetDefaultAllocator(0, allocator.get()), S_OK);
}

TEST_F(StateTest, EverythingIsShutDownAfterShutdown) {
    start_streaming(MFVideoFormat_NV12);
    auto descriptor = presentation(source.get(), MFVideoFormat_NV12);
    const auto allocation = source.as<IMFSampleAllocatorControl>();
    ASSERT_EQ(source->Shutdown(), S_OK);
    EXPECT_EQ(source->Shutdown(), MF_E_SHUTDOWN);
    EXPECT_EQ(start(source.get(), descriptor.get()), MF_E_SHUTDOWN);
    EXPECT_EQ(source->Start(nullptr, nullptr, nullptr), MF_E_SHUTDOWN);
    EXPECT_EQ(source->Stop(), MF_E_SHUTDOWN);
    EXPECT_EQ(source->Pause(), MF_E_SHUTDOWN);
    EXPECT_EQ(source->SetD3DManager(nullptr), MF_E_SHUTDOWN);
    DWORD number = 0;
    EXPECT_EQ(source->GetCharacteristics(&number), MF_E_SHUTDOWN);
    EXPECT_EQ(source->CreatePresentationDescriptor(descriptor.put()), MF_E_SHUTDOWN);
    ComPtr<IMFAttributes> attributes;
    EXPECT_EQ(source->GetSourceAttributes(attributes.put()), MF_E_SHUTDOWN);
    EXPECT_EQ(source->GetStreamAttributes(0, attributes.put()), MF_E_SHUTDOWN);
    ComPtr<IMFMediaEvent> event;
    EXPECT_EQ(source->GetEvent(0, event.put()), MF_E_SHUTDOWN);
    EXPECT_EQ(source->QueueEvent(MEError, GUID_NULL, S_OK, nullptr), MF_E_SHUTDOWN);
    EXPECT_EQ(source->BeginGetEvent(nullptr, nullptr), MF_E_SHUTDOWN);
    EXPECT_EQ(source->EndGetEvent(nullptr, event.put()), MF_E_SHUTDOWN);
    void* object = nullptr;
    EXPECT_EQ(source.as<IMFGetService>()->GetService(kForeignSet, __uuidof(IUnknown), &object),
              MF_E_SHUTDOWN);
    auto usage = MFSampleAllocatorUsage_UsesProvidedAllocator;
    EXPECT_EQ(allocation->GetAllocatorUsage(0, &number, &usage), MF_E_SHUTDOWN);
    EXPECT_EQ(allocation->SetDefaultAllocator(0, source.get()), MF_E_SHUTDOWN);

    EXPECT_EQ(stream->RequestSample(nullptr), MF_E_SHUTDOWN);
    EXPECT_EQ(stream->SetStreamState(MF_STREAM_STATE_RUNNING), MF_E_SHUTDOWN);
    auto state = MF_STREAM_STATE_RUNNING;
    EXPECT_EQ(stream->GetStreamState(&state), MF_E_SHUTDOWN);
    ComPtr<IMFMediaSource> its_source;
    EXPECT_EQ(stream->GetMediaSource(its_source.put()), MF_E_SHUTDOWN);
    ComPtr<IMFStreamDescriptor> stream_descriptor;
    EXPECT_EQ(stream->GetStreamDescriptor(stream_descriptor.put()), MF_E_SHUTDOWN);
    EXPECT_EQ(stream->GetEvent(0, event.put()), MF_E_SHUTDOWN);
    EXPECT_EQ(stream->QueueEvent(MEError, GUID_NULL, S_OK, nullptr), MF_E_SHUTDOWN);
}

}  // namespace
}  // namespace mfvcam::source_test
