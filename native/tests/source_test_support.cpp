#include "source_test_support.h"

#include <mfapi.h>
#include <mferror.h>

#include "test_files.h"

namespace mfvcam::source_test {
namespace {

// Media Foundation and COM for the whole program.
class Platform : public testing::Environment {
 public:
    void SetUp() override {
        ASSERT_EQ(CoInitializeEx(nullptr, COINIT_MULTITHREADED), S_OK);
        ASSERT_EQ(MFStartup(MF_VERSION, MFSTARTUP_FULL), S_OK);
    }
    void TearDown() override {
        EXPECT_EQ(MFShutdown(), S_OK);
        CoUninitialize();
    }
};

[[maybe_unused]] testing::Environment* const platform =
    testing::AddGlobalTestEnvironment(new Platform);

}  // namespace

HMODULE source_dll() {
    static const HMODULE module = LoadLibraryW(tests::source_path().c_str());
    return module;
}

HRESULT dll_can_unload_now() {
    return source_export<HRESULT(WINAPI*)()>("DllCanUnloadNow")();
}

std::int64_t system_time() {
    LARGE_INTEGER frequency;
    LARGE_INTEGER counter;
    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return counter.QuadPart / frequency.QuadPart * 10'000'000 +
           counter.QuadPart % frequency.QuadPart * 10'000'000 / frequency.QuadPart;
}

KSEVENTDATA event_data(HANDLE event) {
    KSEVENTDATA data = {};
    data.NotificationType = KSEVENTF_EVENT_HANDLE;
    data.EventHandle.Event = event;
    return data;
}

HRESULT enable(IKsControl* control, ULONG id, ULONG flags, KSEVENTDATA* data) {
    KSEVENT event = {};
    event.Set = kEventSet;
    event.Id = id;
    event.Flags = flags;
    return control->KsEvent(&event, sizeof(event), data, sizeof(*data), nullptr);
}

HRESULT disable(IKsControl* control, KSEVENTDATA* data) {
    return control->KsEvent(nullptr, 0, data, sizeof(*data), nullptr);
}

HRESULT disable_all(IKsControl* control) {
    return control->KsEvent(nullptr, 0, nullptr, 0, nullptr);
}

mfvcam_source_counters counters(IKsControl* control) {
    KSPROPERTY property = {};
    property.Set = kPropertySet;
    property.Id = MFVCAM_PROPERTY_COUNTERS;
    property.Flags = KSPROPERTY_TYPE_GET;
    mfvcam_source_counters values = {};
    ULONG returned = 0;
    EXPECT_EQ(control->KsProperty(&property, sizeof(property), &values, sizeof(values), &returned),
              S_OK);
    EXPECT_EQ(returned, sizeof(values));
    return values;
}

ComPtr<IMFActivate> create_activate() {
    using GetClassObject = HRESULT(WINAPI*)(REFCLSID, REFIID, void**);
    ComPtr<IClassFactory> factory;
    EXPECT_EQ(source_export<GetClassObject>("DllGetClassObject")(kClassId, __uuidof(IClassFactory),
                                                                 factory.put_void()),
              S_OK);
    ComPtr<IMFActivate> activate;
    if (factory) {
        EXPECT_EQ(factory->CreateInstance(nullptr, __uuidof(IMFActivate), activate.put_void()),
                  S_OK);
    }
    return activate;
}

ComPtr<IMFMediaSourceEx> create_source() {
    ComPtr<IMFMediaSourceEx> source;
    const auto activate = create_activate();
    if (activate) {
        EXPECT_EQ(activate->ActivateObject(__uuidof(IMFMediaSourceEx), source.put_void()), S_OK);
    }
    return source;
}

ComPtr<IMFMediaTypeHandler> type_handler(IMFPresentationDescriptor* descriptor) {
    BOOL selected = FALSE;
    ComPtr<IMFStreamDescriptor> stream;
    ComPtr<IMFMediaTypeHandler> handler;
    EXPECT_EQ(descriptor->GetStreamDescriptorByIndex(0, &selected, stream.put()), S_OK);
    EXPECT_TRUE(selected);
    EXPECT_EQ(stream->GetMediaTypeHandler(handler.put()), S_OK);
    return handler;
}

ComPtr<IMFPresentationDescriptor> presentation(IMFMediaSource* source, const GUID& subtype) {
    ComPtr<IMFPresentationDescriptor> descriptor;
    EXPECT_EQ(source->CreatePresentationDescriptor(descriptor.put()), S_OK);
    if (!descriptor) {
        return descriptor;
    }
    const auto handler = type_handler(descriptor.get());
    DWORD count = 0;
    EXPECT_EQ(handler->GetMediaTypeCount(&count), S_OK);
    for (DWORD i = 0; i < count; ++i) {
        ComPtr<IMFMediaType> type;
        GUID offered = {};
        EXPECT_EQ(handler->GetMediaTypeByIndex(i, type.put()), S_OK);
        EXPECT_EQ(type->GetGUID(MF_MT_SUBTYPE, &offered), S_OK);
        if (offered == subtype) {
            EXPECT_EQ(handler->SetCurrentMediaType(type.get()), S_OK);
            return descriptor;
        }
    }
    ADD_FAILURE() << "the subtype is not offered";
    return descriptor;
}

HRESULT start(IMFMediaSource* source, IMFPresentationDescriptor* descriptor) {
    const PROPVARIANT position = {};
    return source->Start(descriptor, &GUID_NULL, &position);
}

HRESULT start(IMFMediaSource* source, const GUID& subtype) {
    return start(source, presentation(source, subtype).get());
}

ComPtr<IMFMediaEvent> next_event(IMFMediaEventGenerator* generator) {
    ComPtr<IMFMediaEvent> event;
    eventually([&] {
        return generator->GetEvent(MF_EVENT_FLAG_NO_WAIT, event.put()) != MF_E_NO_EVENTS_AVAILABLE;
    });
    return event;
}

MediaEventType next_event_type(IMFMediaEventGenerator* generator) {
    MediaEventType type = MEUnknown;
    if (const auto event = next_event(generator)) {
        EXPECT_EQ(event->GetType(&type), S_OK);
    }
    return type;
}

bool no_event(IMFMediaEventGenerator* generator) {
    ComPtr<IMFMediaEvent> event;
    return generator->GetEvent(MF_EVENT_FLAG_NO_WAIT, event.put()) == MF_E_NO_EVENTS_AVAILABLE;
}

namespace {

template <typename T>
ComPtr<T> value_of(IMFMediaEvent* event) {
    PROPVARIANT value = {};
    ComPtr<T> object;
    if (event != nullptr && SUCCEEDED(event->GetValue(&value))) {
        if (value.vt == VT_UNKNOWN) {
            object = ComPtr<IUnknown>(value.punkVal).as<T>();
        }
        PropVariantClear(&value);
    }
    return object;
}

}  // namespace

ComPtr<IMFMediaStream2> stream_of(IMFMediaEvent* event) {
    return value_of<IMFMediaStream2>(event);
}
ComPtr<IMFSample> sample_of(IMFMediaEvent* event) {
    return value_of<IMFSample>(event);
}

void SourceTest::SetUp() {
    ASSERT_NE(source_dll(), nullptr);
    ASSERT_EQ(dll_can_unload_now(), S_OK) << "left over from before";
    source = create_source();
    ASSERT_TRUE(source);
    control = source.as<IKsControl>();
    ASSERT_TRUE(control);
}

void SourceTest::TearDown() {
    if (source) {
        const HRESULT hr = source->Shutdown();
        EXPECT_TRUE(hr == S_OK || hr == MF_E_SHUTDOWN) << std::hex << hr;
    }
    stream.reset();
    control.reset();
    source.reset();
    EXPECT_TRUE(eventually([] { return dll_can_unload_now() == S_OK; }))
        << "an object or a thread of the source is left";
}

void SourceTest::start_streaming(const GUID& subtype) {
    ASSERT_EQ(start(source.get(), subtype), S_OK);
    const auto event = next_event(source.get());
    ASSERT_TRUE(event);
    MediaEventType type = MEUnknown;
    ASSERT_EQ(event->GetType(&type), S_OK);
    ASSERT_EQ(type, static_cast<MediaEventType>(MENewStream));
    stream = stream_of(event.get());
    ASSERT_TRUE(stream);
    ASSERT_EQ(next_event_type(stream.get()), static_cast<MediaEventType>(MEStreamStarted));
    ASSERT_EQ(next_event_type(source.get()), static_cast<MediaEventType>(MESourceStarted));
}

}  // namespace mfvcam::source_test
